"""The errors of reading, each in one place, so that the same failure always says the same thing."""

from __future__ import annotations

from extractor.errors import ReadError, SecretError


def empty(name: str) -> ReadError:
    """A file of no bytes, or of blanks only."""
    return ReadError(
        "empty",
        where=name,
        chinese="文件是空的，请检查是否下载完整",
        english="the file is empty; check whether it was downloaded completely",
    )


def no_chinese(name: str) -> ReadError:
    """Text without a single Chinese character is no notice."""
    return ReadError(
        "no_chinese",
        where=name,
        chinese="文中没有汉字，不是通知；如果打开后看到的是乱码，请用原来的软件另存为 UTF-8 再试",
        english="no Chinese character in the text, so it is no notice; if it shows as garbage, save it again as UTF-8",
    )


def too_large(name: str, limit: int) -> ReadError:
    """More bytes than a notice can have."""
    return ReadError(
        "too_large",
        where=name,
        chinese=f"文件超过 {limit // 1_000_000} MB，未读取",
        english=f"the file is larger than {limit // 1_000_000} MB and was not read",
    )


def bomb(name: str) -> ReadError:
    """A small file that unpacks to a huge one."""
    return ReadError(
        "unpacks_too_large",
        where=name,
        chinese="压缩内容展开后大得不合理，为安全起见未读取",
        english="the packed content unpacks to an unreasonable size and was not read",
    )


def corrupt(name: str, what: str) -> ReadError:
    """A file that ends early or is damaged; ``what`` is the name of its format."""
    return ReadError(
        "corrupt",
        where=name,
        chinese=f"{what} 文件已损坏或不完整，请重新下载或用原软件另存一份",
        english=f"the {what} file is damaged or incomplete; download it again or save it anew",
    )


def encrypted(name: str) -> ReadError:
    """A password is needed to open it."""
    return ReadError(
        "encrypted",
        where=name,
        chinese="文件有密码保护，请先用原软件去掉密码再读取",
        english="the file is protected by a password; remove the password first",
    )


def image_only(name: str, *, ocr_there: bool) -> ReadError:
    """Pictures of text, and nothing to recognise it with (or nothing recognised)."""
    if ocr_there:
        return ReadError(
            "image_only",
            where=name,
            chinese="文件里只有图片，文字识别没有认出文字",
            english="the file holds pictures only, and no text was recognised in them",
        )
    return ReadError(
        "image_only",
        where=name,
        chinese="文件里只有图片（扫描件），没有文字；安装 Tesseract 后可以识别，见 extractor doctor",
        english="the file holds pictures only (a scan) and no text; install Tesseract to recognise it, see extractor doctor",
    )


def no_text(name: str) -> ReadError:
    """An office file without any text."""
    return ReadError("no_text", where=name, chinese="文件里没有文字", english="there is no text in the file")


def unsupported(name: str, chinese_kind: str, english_kind: str, *, advice: tuple[str, str] | None = None) -> ReadError:
    """A kind of file that no reader takes; ``advice`` says in Chinese and English what to do."""
    chinese, english = advice or ("请另存为 .docx、.pdf 或 .txt", "save it as .docx, .pdf or .txt")
    return ReadError(
        "unsupported",
        where=name,
        chinese=f"不能读取{chinese_kind}，{chinese}",
        english=f"{english_kind} cannot be read; {english}",
    )


def unreadable(name: str, reason: OSError) -> ReadError:
    """The operating system does not hand the file over."""
    return ReadError(
        "not_accessible",
        where=name,
        chinese=f"文件打不开（{reason.strerror or reason}），请检查它是否存在、是否有权限、是否被其他程序占用",
        english=f"the file cannot be opened ({reason.strerror or reason}); check that it exists and is not in use",
    )


def secret(name: str) -> SecretError:
    """A secrecy mark in the letterhead. Nothing of the text goes into the error."""
    return SecretError(
        "secret",
        where=name,
        chinese="涉密标志，未读取",
        english="the document bears a secrecy mark and was not read",
    )


def secret_member(name: str, member: str) -> SecretError:
    """A secrecy mark on one paper of an archive: its notice and annexes are one, so that none is read."""
    return SecretError(
        "secret",
        where=name,
        chinese=f"涉密标志，未读取（压缩包中的“{member}”；其余文件请取出后另行读取）",
        english=f"{member!r} in the archive bears a secrecy mark; nothing of the archive was read",
    )


def nested(name: str) -> ReadError:
    """An archive within an archive: unpacking without end is how small files become huge."""
    return ReadError(
        "nested_archive",
        where=name,
        chinese="压缩包里的压缩包没有打开，请先解压",
        english="an archive within an archive is not opened; unpack it first",
    )
