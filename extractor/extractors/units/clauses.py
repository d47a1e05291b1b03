"""Units in running text (句中责任主体): the subject of an order, 由X, 请X, A会同B, A牵头、B配合, 接受X监督.

A candidate is a place where the ending of a unit's name meets a word that can follow a doer (要, 负责, 根据…). From
there the clause is read back to its start; what stands there must be a list of units and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Literal

import regex

from extractor.extractors.units.doers import LONGEST_LIST, MAY_BE_CUT, PEOPLE, Doers
from extractor.extractors.units.names import PLACES, NamedUnit, Names, Verb, alternatives
from extractor.extractors.units.plain import BARE_STARTS, OF_A_POST, PlainOrders
from extractor.extractors.units.predicates import MODAL, MODAL_STARTS, Predicates
from extractor.extractors.units.values import Form, UnitMention
from extractor.lexicon import Lexicon
from extractor.model import Mention, Role, Span
from extractor.patterns import searched
from extractor.records import record, replace

Strength = Literal["modal", "duty", "act", "plain"]

_QUOTE_LIMIT = 90
_MOST_ENDINGS = 24  # endings of names that are tried for one list: the longest real one had twelve units

# -- what can follow a doer

# 驻村指导员, 市政府督考办, 县委组织部: the verb is part of a name
_NOT_A_NAME = rf"""(?!员|(?<=依法)治[国省市县区]|(?<!组织|抽调|选派|安排|派出|增派|配备|指派|指定|抽取|聘请)人员|组(?![织建成])|办(?![理公法事好])|室|委员|站(?![在点])|处(?![理置罚])|科(?![学技])|部(?![门署分])
    |线(?![上下路索条段缆])|股(?![份权票民东])|局(?!面)|队(?!伍)|小组|所(?![有在需属辖])|团(?![结队])|中心|大队|会(?![议商同员])|栏|(?<=组织)(?:健全|换届|建设|体系|网络|作用|运转|振兴|带头人|生活|机构|关系|覆盖|力(?!量)|化)|(?<=考核|检查|督查|验收|评估|巡查|排查|监督|审核|评议|评审|评价|认定|调查|核查|测评|审计)(?:结果|成绩|等次)|(?:考核|考评|检查|指导|协调|管理|工作)(?:办(?![理公法事好])|室|组(?![织建成])|股|中心|委员会|领导小组)|(?<=宣传|监管|监督|管理|审批|登记|执法|统计|考核|检查|验收|评估)部门|(?<=培训|补习|兴趣|提升)班(?![子级车主])|(?<=设置|建设|改造|培训|宣传|排查|整改|整治|登记|考核|检查|督查|验收|审核|选派|配备)[要应须]|频[次率]|次数|天数|时长|(?<=补助|补贴)(?:每[人户月生天亩]|标准|资金|\d)|(?<=建成|投用|竣工|成立|挂牌)(?:后|以来)|(?<=值班|轮值|排班)(?:安排)?(?:表|制|电话|记录)|机构|机关|体(?=[，、。；的）]|建设|$)|{OF_A_POST.pattern})"""
# 负责人, 负责制, 配合力度: the duty is part of a noun
_NOT_A_NOUN = r"(?!人|同志|制(?![定订作])|者|单位|部门|责任|领导|机制|体系|力度|职责|方案(?!的)|标准(?!的)|办法(?!的)|情况|结果|力量|的)"
# 县政府|重点项目: what it is about, no 重点检查
_NOT_A_FOCUS = (
    "(?!重点(?:工作(?!要)|项目|任务|企业|领域|产业|工程|区域|部位|单位|人群|场所|行业|事项|改革|目标|指标|民生))"
)
# 各所自3月起 / 乡镇按30%抽查 / 应急队24小时待命
_PREPOSITION = r"""(?:(?<!处)在(?![家建编职岗校册地])|对(?![外接口台象])|(?<!处)于(?!是)|自(?![身行主己然觉愿来由治])|按
    |从(?=[^，。；\n]{2,40}(?:方面|角度|环节|入手))|从(?=[^，。；\n]{2,16}(?:选派|抽调|选聘|抽取|遴选)(?![，。；\n]))
    |为(?=[^，。；\n]{2,24}(?:提供|出具|办理|配备|建立))
    |(?=[一二三四]季度|[上下]半年|全年|年底|年内|[上中下]旬)
    |每(?=[年月季周日天半两三逢学\d])|(?=\d+(?:小时|分钟|[日天月年]))|以(?![及来内外上下前后往])|向(?!阳)|把(?!握)|就(?!业|近|地)|依(?![托靠次然旧赖]|法治[国省市县区]))"""
_SEATED = r"设在[^，。；\n]{2,20}，(?:具体)?(?=承担|负责)"
_IN_CHARGE = r"""(?:(?:是|为|作为)(?=[^，。；\n]{0,30}
    (?:，[^，。；\n]{0,12}负总责|责任人|责任主体|责任单位|第一责任|牵头单位|牵头部门|主管部门|实施主体|实施者))
    |作为(?=[^，。；\n]{2,24}，(?:要|应当?|须|必须)))"""
# 法制审核机构对审核意见负责
_ANSWERS = r"对(?=[^，。；\n]{2,40}负(?:总|主体)?责(?:任)?(?:[，。；]|$))"
# 由县财政局商县农业农村局制定
_CONSULTS = r"""商(?![务会业场品标户贸城圈店家联投协洽定量议讨请行学榷机誉])
    (?=[^，。；\n商]{2,40}(?:[部委局厅办院署会所站]|部门|机关|机构|政府|银行|中心|公司|[省市县区镇乡]))"""
# 县政府提出年度重点工作目标，…
_PROPOSES = (
    r"""提出(?=[^，。；\n的过了]{2,20}(?:建议|意见|方案|名单|计划|清单|措施|目标|申请|安排)(?:[，。；]|并|后))"""
)
# 县财政局、县水利局按职责分工负责，…
_BY_DUTY = r"按照?(?:各自|部门)?(?:职责|职能)(?:分工|权限|范围|和分工)*(?:分别|共同|具体)*(?:负责(?!人|制)|抓好落实)"
_DUTIES = frozenset(
    (
        "主持",
        "召集",
        "负责",
        "具体负责",
        "承担",
        "承办",
        "主责",
        "负总责",
        "具体落实",
        "具体实施",
        "具体组织实施",
        "具体抓",
        "亲自抓",
        "直接抓",
    )
)
# Each of these with every character that it can begin with, digits aside.
OPENINGS = (
    (MODAL, MODAL_STARTS),
    (_PREPOSITION, "在对于自按从为一二三四上下全年中每以向把就依"),
    (f"{_SEATED}|{_IN_CHARGE}|{_ANSWERS}|{_CONSULTS}|{_PROPOSES}|{_BY_DUTY}", "设是为作对商提按"),
)
_BRACKET = r"(?:[（〈][^（）〈〉\n]{1,14}[）〉])?"
_AND_OTHERS = (
    r"(?:等(?:有关|相关|各|职能)*(?:单位|部门|线办|机关|组织|机构|地区|方面|企业|[省市县区镇乡村]{1,2}|街道)?)?"
)

# -- what can stand before a list

_LEAD_IN = re.compile(
    r"""
      [\s\-—•●◆■*]+
    | [一二三四五六七八九十]{1,3}(?:是|、) | （[一二三四五六七八九十\d]{1,3}） | \d{1,3}[.、)] | [①-⑳]
    | 第[一二三四五六七八九十]{1,3}[,，、] | 第[一二三四五六七八九十百\d]{1,4}[条款章节]\s* | “?十[一二三四五六]五”?(?:时期|期间)，?
    | [\u4e00-\u9fff]{2,4}期[内间]                                  # 防火期内乡防火办
    | [\u4e00-\u9fff]{0,2}(?:汛|防火|禁渔|农忙|禁烧|枯水|丰水|高温|换届|创建|过渡)期(?:[内间前后]|到来前|结束后)?，?
    | 汛[前后中] | 20[\dxX×]{2}年[底末]?前? | (?:今[春夏秋冬]明[春夏秋冬]|[今入]?[春夏秋冬]{1,2}季?|[\u4e00-\u9fff]{1,4}季节?)(?=各|[全省市县区镇乡村])
    | [\u4e00-\u9fff]{2,8}(?:前|后|期间)(?=各|本|[省市县区镇乡](?:级|直|委|政府|人大|纪委|[\u4e00-\u9fff]{2,}))  # 秋收前镇农业服务中心
    | (?:工作|主要|重点|具体)(?:职责|任务|内容|要求|措施|分工)(?=各)          # 工作职责各村负责…, run together
    | [\u4e00-\u9fff]{2,6}职责(?=各)                                 # 网格长职责各网格长每周…
    | (?:[此这该]项|以上|上述)(?:各项)?(?:工作|任务|行动|活动|要求)，?(?=各|[省市县区镇乡村](?![内外级]))     # 此项工作各村要…
    | 原?则?同意(?=[省市县区镇乡各]) | 近期|首先|其次|再次|最后|同时|此外|另外|其中|届时|原则上|特别是|尤其是|并且|并由|以及|今后|会后|期间|下一步|即|及(?!时)|和|与|并
    | (?:牵头|责任|主管|配合|承办)(?:单位|部门)(?=[省市县区镇乡])
    | [\u4e00-\u9fff]{0,8}?(?:包[片保联村抓段路]|帮扶|结对|挂[联包钩]|联系|属地|权属)(?:单位|部门)(?=[省市县区镇乡])  # 由包片单位县气象局
    | 所?涉及的(?=[省市县区镇乡各])
    | (?:20\d\d|[X×\d]{4}|今|明|当|每)年 | \d{1,2}月(?:份|底|初|末|中旬|上旬|下旬)? | \d{1,2}日
    | (?:[年月]|季度)[底末初] | [上下]半年 | (?:之|以)?前 | [上中下]旬 | 每季度|每月|每周|每半年
    """,
    re.VERBOSE,
)
# not 由低到高分三类预警, 由点及面推开
# what each of these begins with, or holds not far from there: two clauses out of three have none
_MAY_LEAD_IN = re.compile(
    r"[\s\-—•●◆■*一二三四五六七八九十\d（①-⑳第“汛近首其再最同此另届原特尤并以今会期下即及和与牵责主配承明当每X×年月季上中之前工重具所涉这该]"
    r"|[\u4e00-\u9fff]{1,13}?(?:[期季前后]|[位门](?=[省市县区镇乡])|责各)"
)
_BY = regex.compile(
    r"(?<![自理缘事来任案借藉])由(?!于|此|来|衷|浅|[低高小大上下内外近远弱强少多慢快旧虚易简表里前后轻重点][到至向及而入])"
)
_ASK = regex.compile(r"(?<![申提邀聘报商敬恳])请(?![示求假批教柬问])")
_QUOTED_THING = re.compile(r"“[^”]{1,4}”")  # “飞线”整治
# 县政府责成住建局牵头, 要求各班级出一期黑板报: who is charged with the work, whoever charges
_CHARGED = searched(
    r"""
      责[成令](?<!被..)(?=[\u4e00-\u9fff])
    | 要求(?<![按照合关本作到项体]要求)(?=[各每](?!司其|尽其|负其|方|项|类|种|式))
    | <指定|指派|委派|安排>(?=[\u4e00-\u9fff])
    """
)
# 由镇人大主席李强同志负责: a person's name stands behind the post
_BY_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}同志")
_EACH = regex.compile(r"(?<=.)每(?:个|村|镇|县)")

# -- what makes a list no doer after all

_APPOINTED = re.compile(
    r"(?:[\u4e00-\u9fffX×*]{0,4}(?=任(?:第一)?(?:副?组长|副?主任|总?副?指挥|召集人)|同志))?(?:同志)?(?:挂帅|兼任|兼|担任|任|组成|为(?:组长|副组长|成员|主任|指挥长))"
)
# 由A、B组成核查组，逐户核查: they do what the group does
_GROUP_ACTS = re.compile(
    r"组成[^，。；的由]{0,12}(?:(?<!领导小)组|队|专班)|组成的?[^，。；的由]{1,16}(?:组|队|专班|委员会)，?(?=(?:对|逐|赴|深入|到|开展|进行|实施|组织|分|于|每|按|定期|不定期|随机|负责))"
)
# 由高级变初级
_TURNS = re.compile(r"[转变改升降向至增减扩带]|到(?![场位岗])|引[起发]|导致|造成|产生|[来于]")
# 由各部门召开的会议
_RELATIVE = regex.compile(r"(?!组成)[\u4e00-\u9fff]{1,4}的")
_OWN_DECISION = regex.compile(r"(?:自主|自行(?!把关|负责|承担|保管|清理|整改)|按照委托方|报[^，。；]{2,16}备案)")
_FACT = regex.compile(
    r"近年来|已经|取得了?|目前|(?<!对20\d\d年)以来|迄今|不断|仍然|占比|(?:人|日|年)均(?![^，。；]{0,8}(?:不[低少]于|不超过|至少)|\d[\d.]*元[，。；])|得到|明显|(?<![为除])了(?![解结]|当[天日]|[\d一二两三四五六七十]+[天日小])"
)
# 上个月，市委金融办牵头召开了推进会: what was, not what is to be done
_TOLD = regex.compile(
    r"""[\s一二三四五六七八九十、是]{0,4}(?:上个?月|上周|上半年以来|近日|日前|近期(?!内)|近年来|多年来|去年|今年以来|此前|前期(?=，)
    |目前|截[至止]目前|长期以来|一直以来|过去)""",
    regex.VERBOSE,
)
_DONE = regex.compile(r"(?<![为除极])了(?![解结望却如断]|当[天日]|[\d一二两三四五六七十]+[天日小])|提出过|曾")
_ORDERS = regex.compile(r"[要应须]|必须|务必|力争|确保|请|由(?!于|此|来)|(?<![军部名中小上大少])将(?![军来])|下一步")
# 市科委在项目评审中所需的专家，应当…: the unit stands in what describes another doer
_DESCRIBES = regex.compile(r"[^，。；\n]{2,40}所[\u4e00-\u9fff]{1,2}的[\u4e00-\u9fff]{1,8}，")
# 零工驿站于6月底前建成投用, 文化站改造完成, 备案时限由20天压缩至10天, 村干部轮训一遍: what is built, cut down or taught
_IS_BUILT = regex.compile(
    r"""[^，。；\n]{0,14}?(?:前|内|底)(?:全面|全部|正式)?(?:建成(?![^，。；\n\d投并]{2,14}\d)|竣工|通车|投产|投用|投入使用|启用)
    | (?:全面|全部|正式|主体|如期|按期)*(?:(?:改造|建设|[新改续迁]建|改?扩建|修缮|装修|修复|升级|提升|搬迁|拆除|整修)+(?:工程)?完[成工](?=[，。；、]|并|$)
        |(?:建成|竣工|交付|投入)[并]?(?:投用|使用|投入使用|招生|开园|运营|开诊|通车|投产|达产)|开工建设|开工|封顶|投用|招生)
    | [^，。；\n由]{0,14}(?:时限|时间|周期|环节|材料|费用|费率|价格|标准|比例|数量)(?:一律|统一|均|全部)*由[^，。；\n]{1,16}?[压缩减降提调增]
    | (?:选派|选聘|选配|配备|换届|聘用|发放)(?:工作)?(?:全部|均|已)*(?:到位|到岗|完成|完毕)(?=[，。；、\n]|$)
    | (?:工资|待遇|报酬|津贴|薪酬)(?:标准)?(?:提高|增加|按|纳入|由|不低于|不少于|达|为|落实|发放) | (?:补助|补贴)(?:标准)?(?:提高|增加|纳入|每[\u4e00-\u9fff]{1,3}\d)
    | (?!推动|促进|实现|带动|加快|确保|助力|推进)[\u4e00-\u9fff]{2,4}(?:能力|水平|条件|质量|效率|环境|功能)(?:全面|明显|显著|持续|不断|进一步|稳步)*(?:提升|提高|增强|改善|优化|达标)(?=[，。；\n]|$)
    | (?!开展|组织|确保|完成|实现|实施|推动|推进)(?:20\d\d年)?[^，。；\n的各]{1,5}(?:率|比例|占比)(?:均|稳定|全部|要)*(?:达|不低于|不少于|保持|提[高升]|控制|为\d|在\d|\d)
    | (?:全员|普遍|集中|全部)*(?:轮训|(?<=全员)培训)(?:一[遍轮次]|\d+[次遍]|[，。；\n]|$)""",
    regex.VERBOSE,
)
# 村级卫生室改造15个: how many of them, where no each is told
_COUNTED = re.compile(
    r"(?:改造|建成|新建|储备|[改扩]建|建设|增设|新增|创建|维修)(?:不少于|达到?|至)?\d+[个所处座家名人户间](?:以上)?(?=[，。；、\n]|$)"
)
# 各学校与教师层层签订责任书: the partner of what two do together
_PARTNER = regex.compile(r"[与同跟](?=[^与同跟]{2,}$)")
_JOINT = re.compile(r"(?:层层|逐一|分别|签?)*(?:签订|签约|签署|结对|对接|协商)")
# 入库专家应具备以下条件, 企业应纳入名录: what it must be, or what is done to it
_STATE = re.compile(
    rf"""{MODAL}(?:同时|还)?
    (?:被|具备|符合|满足|年满|身体健康|品行|遵纪守法|热爱|拥护|熟悉|具有|拥有|是(?!否)|属于|享有|(?:一并|全部)?(?:纳入|列入|计入|录入|移出)|予以[解续]聘|获得|取得)""",
    re.VERBOSE,
)
# 承包人将工程转包的，由主管部门责令改正: another acts upon who did it
_IN_THAT_CASE = re.compile(r"[^，。；\n]{2,40}的，(?:由|责令|给予|处[以罚分]|依法追究|视为|取消|予以)")
# 各部门报送审批的公文，由办公厅统一办理: whose paper it is
_ATTRIBUTE = re.compile(
    r"""[^，。；\n]{2,30}的(?:公文|文件|会议|事项|项目|信息|材料|资金|报告|方案|规划|政策|规定|活动|案件|决定|通知|数据|问题|请示|意见
    |建议|提案|议案|档案|合同|资料|申请|课题)，(?:应|要|由|须|不得|必须|一律|均|原则上|统一|按|经)""",
    re.VERBOSE,
)
# 农业农村部门统筹协调、相关部门各司其职的工作体制: a slogan
_SLOGAN = re.compile(
    r"""[^、，。；\n]{2,14}、[^，。；\n]{2,40}(?:各司其职|负责|协同|参与|配合|落实|支持|联动|监督|实施|主导|指导|监管|治理|共治|推动|服务|牵头|保障|尽责)[^，。；、\n]{0,4}的
    [^，。；、\n]{0,8}(?:体制|机制|格局|体系|局面|模式|原则|思路|网络)""",
    re.VERBOSE,
)
# 每村配备保洁员不少于3名: a quota handed out, no order to the village
_QUOTA = re.compile(
    r"[^，。；\n各]{0,8}每(?![年月季周日天半旬学])[^，。；\n]{1,12}?(?:至少|配备|选配|聘用|安排|明确|包保|培育|派驻|设置|设立|储备|组建|推荐|限报)[^，。；\n]{0,20}?\d"
)

# -- a doer, a clause that says when, then the order

_ORDER_LATER = re.compile(
    rf"，(?=(?:{MODAL}|具体负责|负责|承担|还?请(?![示求假批教柬问各[省市县区镇乡]))(?![人者]))", re.VERBOSE
)
# 新媒体|主办单位发生变化的，应当…: who bears a thing, named behind it
_BEARER = re.compile(
    r"(?:主办|承办|协办|运营|运维|管理|建设|使用|责任|主管)(?:单位|部门|机构)(?=发生|变更|停|撤|合并|收到|接到|发现)"
)
_WHEN_ENDS = regex.compile(
    r"(?r)(?:的|时|时候|后|之前|以前|前|期间|过程中|工作中|基础上|情况下|情形下|领导下|指导下|带领下|之日起[^，]{2,12}[内日])$"
)
_SUCH_AS = re.compile(r"，?(?:特别是|尤其是|包括|重点是)")
_LEAVES = re.compile(
    r"离|除[^，]{2,40}外$|外出|出差|出访|出国|请假|休假|因|遇|接到?|收到|发现|获知|得知|获悉|需要?|确需|拟|变更|调整|有(?:下列|以下)"
)
_PERCEIVES = re.compile(r"获知|得知|获悉|发现|接到|收到|认为|决定|查明")
# 未按时整改的，应当通报; 符合条件的，应当受理: another acts upon who is named
_ACTED_UPON = re.compile(r"违反|违规|拒|未|不|逾期|弄虚作假|骗取|符合|具备|合格|情节|造成")
_OWN_AMENDS = re.compile(r"[^，。；]{0,12}(?:说明|报告|整改|补[交报正办齐]|重新|改正|申请|通知|告知)")
# 在|行政村（社区）: where a thing is; never 在村内
_SEAT_OF = re.compile(r"在(?:行政村|自然村|村|社区|单位|地|乡镇|[乡镇县区]|街道|学校|企业|网格)(?![内中里外上口头])")
# 国务院文件规定的，…: the unit only says whose thing it is
_OWNED = re.compile(
    r"(?:文件|规章|政策|资金|项目|信息|系统|网站|设施|设备|道路|周边|范围|工作|任务|事项|会议|活动|决定|标准|规划|方案|制度|建设|管理|服务|产品|工程|资质|证书|许可|合同|名单|名录)"
)
_THING_READY = re.compile(r"(?:建成|建好|投用|竣工|完工|设立|成立|撤销|关闭|建设|运行|使用)")
_PENALTY = re.compile(
    rf"{MODAL}(?:依法|及时|按[^，。；]{{2,8}})*(?:取消|移出|清退|解除|解聘|给予|予以|撤销|列入|纳入|责令|暂停|终止|退回|追究|处[以罚分]|通报|约谈|扣|降|承担[^，。；]{{0,8}}责任)",
    re.VERBOSE,
)

# -- units that are no subject

_OVERSEEN = regex.compile(
    r"接受(?P<list>[^，。；\n]{2,60}?)(?:的)?(?=(?:日常|专项|业务|民主|法律|工作|财政|审计|专门|司法|行政|全程|依法)*(?:监督|督查|督导|检查|考核|审计监督))"
)
# 会同农业、民政等相关部门|对收入进行监测
_LIST_CLOSES = re.compile(r"(?:等|[有相]关)(?:部门|单位)(?=对)")
_TOGETHER = regex.compile(r"同(?<=[会联]同)(?<![与和].同)")  # 会同, 联同: found by its last character alone
# 成立河湖长制工作领导小组，负责统筹协调
_GROUP = regex.compile(
    r"""
    (?:(?:成立|组建|设立|建立|调整充实|充实调整)了?|的)
    (?P<name>(?!成立|组建|设立|建立|调整|充实)(?:[^，。；\n的（）]{2,36}(?:领导小组|指挥部|指挥所|工作专班|专班|工作组|委员会)
        |[^，。；\n的（）\d]{1,16}(?:[\u4e00-\u9fff][组队]|理事会|议事会|评议会)))
    (?:，|（[^）]{0,40}），?)(?:由[^，。；\n]{0,40}，)?(?:具体|统一|全面|主要)?负责(?!人|同志)
    """,
    regex.VERBOSE,
)
# a mark and perhaps how stand before it wherever a group does: found at once, and in few notices
_GROUP_ANSWERS = re.compile("负责(?:(?<=[，）]负责)|(?<=[，）](?:具体|统一|全面|主要)负责))")
_ANY_GROUP = regex.compile(r"(?:相应|专门|专项|相关|本级|各级)?的?(?:工作)?(?:专班|领导小组|工作组|指挥部|委员会)")
_APPROVED = regex.compile(
    r"报(?:经|请|送)?(?P<list>[^，。；\n报]{2,30}?)(?:研究|审核|讨论|集体)*(?=核准|审定|批准|审批|同意|审查|确认|核定)(?!(?:核准|审定|批准|审批|同意|审查|确认|核定)的)"
)
_CONSULTED = regex.compile(rf"(?<=[部委局厅办院署会门关府站所心构行组]){_CONSULTS}", regex.VERBOSE)
# 聘请第三方每月进行督查
_HIRED = regex.compile(
    r"""(?:聘请|委托|引入|邀请)(?P<list>第三方(?:专业|评估|检测|测评|监测|服务)?(?:机构|单位|公司)?)[^，。；\n]{0,16}?
    (?:督查|督导|评估|测评|考核|检查|监理|监督|验收|暗访|审计)""",
    regex.VERBOSE,
)
# 牵头单位为县发改局，配合单位为县财政局
_NAMED_FOR = regex.compile(
    r"(?P<role>牵头|主办|责任|承办|配合|协办|指导|监督)(?:单位|部门|机关)(?:分别)?[为是](?P<list>(?!(?:总?牵头|责任|配合|主办|承办|其他)(?:单位|部门))[^，。；：\n的]{3,80})(?=[，。；\n]|$)"
)
# one of these stands in whatever _NAMED_FOR knows: few notices hold any
_NAMED_SIGNS = tuple(re.compile(f"{noun}(?:分别)?[为是]") for noun in ("单位", "部门", "机关"))
_NAMED_ROLES: dict[str, Role] = {
    "牵头": "lead", "主办": "lead", "责任": "responsible", "承办": "responsible", "配合": "support", "协办": "support",
    "指导": "supervise", "监督": "supervise",
}  # fmt: skip
_ANY_BODY = frozenset(("有关部门", "相关部门", "有关方面", "有关单位", "相关单位"))

# 企业开展自查自纠, 幼儿园每学期开展: what only somebody told to can be said to do
_SET_WORK = regex.compile(
    r"(?:每(?:[年月季周日天]|学期|半)|\d+个?(?:工作)?(?:日|天|小时)[以之]?内|按.{0,12}(?:比例|要求|标准|规定)|(?:全面)?(?:开展)?自查)"
)
# 村民自觉遵守村规民约: a duty of people, and no more than what they live by
_KEPT = re.compile(r"(?:分[片组户段])?(?:自觉|主动|做到|遵守|落实|实行|做好|按时|及时|包[户组片]|联[户系]|结对|认领)")
# 村民需要办理的事项, 农户将土地流转, 农户要价过高: what people want or do of themselves
_OF_THEIR_OWN = re.compile(r"将|需要?[^，。；\n]{1,14}的|要[价钱账]")
# 社区每周至少巡查1次
_SET_ROUND = re.compile(
    r"每(?:[年月季周日天]|半年)度?[^，。；]{0,6}?(?:至少|不少于|开展|组织|召开|巡查|检查|排查|清理|报送|上报|走访|更新|公示)"
)
# 由国务院|分管领导同志签发
_POST_OF = regex.compile(r"(?:分管|主要|有关|相关|负责)?(?:领导同志|负责同志|领导|负责人)(?!的)")

# -- places

_SENTENCE_END = re.compile(r"[。；！？\n]")
_SENTENCE_START = regex.compile(r"(?r)[。；！？\n]")  # (?r) searches backwards from the end
_CLAUSE_START = regex.compile(
    r"(?r)(?:[，。；：！？\n\t]|[ ](?=\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
    r"|[ ](?<=(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]{1,3}）|\d[.、])[\u4e00-\u9fff]{2,18}[ ])"  # 四、强化督导 县水利局牵头…
    r"|(?<=牵头|负责|配合|承办|主办|协办)、)"
)
_LAST_OPENING = regex.compile(r"(?r)[（“《「【]")
_ANY_OPENING = re.compile(r"[（“《「【]")
_CLAUSE_END = re.compile(r"[，。；！？\n\t]")
_GOES_ON_SIGNS = "、和与及的或员书门委办局厅部室站所院处科股队组会长级"
_GOES_ON = re.compile(
    rf"(?<=部)[分份](?![管别工头])|(?!及时|书[面写]|组[织建成团]|部署|会(?:[同商诊审签战合]|办(?!公))|处[理置罚]|办[理结]|站岗|科普|长期|委[托派])[{_GOES_ON_SIGNS}]"
)
_CUTS_SIGNS = frozenset(_GOES_ON_SIGNS + "分份") - frozenset("与和")
_NOT_PEOPLE = frozenset("口员才民数均类工大力选身物库资长组团级")  # 管理人|口, 专家|库
_NO_ENDING = frozenset(("组成", "组建", "组织", "部署", "会议", "处理"))

# 极地科|考, 区|块链, 村|民: no name ends within a word; each has its first character and those that can follow it
_WORDS_CUT = (
    "科技研普创考学目", "股权票份东本", "居民住家", "区块域间别", "县域城", "村民庄组集务", "线上下索", "院校内士", "校园舍车外内际地共",
    "办好理法公事学案", "主管要", "站岗位立住稳好", "所有在需属得辖", "处理置罚于", "室内外",
)  # fmt: skip
_PART_OF_WORD = _NO_ENDING.union(word[0] + further for word in _WORDS_CUT for further in word[1:])
_JOINS = frozenset("与和及")
_OF_PEOPLE = frozenset(("person", "post"))  # 党员、村民代表
_DWELLERS = ("学生", "学员", "儿童", "老人", "患者", "对象", "户籍", "本人")
_SLOGANS = frozenset(("政府", "党委", "企业", "部门", "社会", "支部", "中央"))
# 村干部包组、党员包户: each has its own doer
_SHARED_OUT = re.compile(r"(?:包[村组户片]|联[村户])、(?![^，。；\n]*(?:制度?|机制|体系|网络|模式|格局|工作法|的))")
_ENDS_CLAUSE = "。；：！？\n\t"  # beside ，
_SHORTEST_CLAUSE = 4  # characters: of a doer with what it is told to do
_HEADING_ENDS = ("。", "\n")  # （二）县教育局。负责…: the predicate is the next sentence
_LONG_NAME = 7  # a longer name behind 会同 may hold the verb of what is done: 供销系统布设网点
_FIRST_NAME = 20  # characters: where the first name of a list has ended

_RANK = {"lead": 0, "supervise": 1, "support": 2, "leader": 3, "responsible": 4}


@record(frozen=True, slots=True)
class _Subject:
    start: int  # of the list, with 由 or 请
    end: int  # where the predicate begins
    units: tuple[NamedUnit, ...]
    form: Form


class _Patterns:
    """The patterns that hold words of a lexicon; the standard re is four times as fast as regex on them."""

    def __init__(self, lexicon: Lexicon) -> None:
        verbs = lexicon.rows("role_verbs", Verb)
        duties = [v.verb for v in verbs if v.kind in ("lead", "support") or v.verb in _DUTIES]
        acts = [v.verb for v in verbs if v.kind != "mobilise" and v.verb not in duties]
        last = "".join(sorted({suffix[-1] for suffix in Names.of(lexicon).kind_of}))
        starts = [first for _, first in OPENINGS] + [verb[0] for verb in (*duties, *acts)]
        follows = "".join(sorted({*"".join(starts), *"：。\n”（〈等"}))
        of_act = "".join(sorted({verb[0] for verb in acts}))
        of_duty = "".join(sorted({*OPENINGS[2][1], *(verb[0] for verb in duties), *"：。\n"}))
        signs = "".join(sorted(Names.of(lexicon).last_signs | {*PLACES, *MAY_BE_CUT}))
        before_last = "".join(sorted({pair[0] for pair in Names.of(lexicon).last_pairs} | {*"“”"}))
        # What can follow at all is looked at first, then what can stand before: four endings of names out of five stand
        # beside something else.
        self.candidate = re.compile(
            rf"""
            [{last}](?=[{follows}\d])(?<![^{before_last}][^{signs}](?!等))(?<![业店户场企]主(?=要))”?(?:(?=[（〈等]){_BRACKET}{_AND_OTHERS})?
            (?=(?P<modal>(?=[{MODAL_STARTS}])(?<!不)(?!不得|不能|不准|不再|可以?|能够?)(?:{MODAL}))
              |(?P<duty>(?=[{of_duty}])(?:：|[。\n][ ]*(?=负责|牵头|承担|组织|指导))?
                        (?:{_SEATED}|{_IN_CHARGE}|{_ANSWERS}|{_CONSULTS}|{_BY_DUTY}|{alternatives(duties)}{_NOT_A_NAME}{_NOT_A_NOUN}))
              |(?P<act>(?=[{OPENINGS[1][1]}\d])(?:{_PREPOSITION})|{_PROPOSES}|：(?=[\u4e00-\u9fff]{{4}})
                        |(?=[：{of_act}])：?{_NOT_A_FOCUS}{alternatives(acts)}{_NOT_A_NAME}(?!的))
            )
            """,
            re.VERBOSE,
        )
        self.known_act = re.compile(f"{_PREPOSITION}|{alternatives(acts + duties)}", re.VERBOSE)
        self.ending = re.compile(f"[{last}]”?{_BRACKET}")
        self.name = re.compile(f"(?:{Names.of(lexicon).last_of_name.pattern})”?{_BRACKET}")
        known = [v.verb for v in verbs if len(v.verb) > 1]
        self.verb = re.compile(f"[，：]|{_PREPOSITION}|{alternatives(known)}", re.VERBOSE)
        self.end_of_list = re.compile(
            rf"[{last}]{_BRACKET}(?=等|[，。；：！？\n]|$|{alternatives(acts + duties)}{_NOT_A_NAME}|{_PREPOSITION}|[要应须将])",
            re.VERBOSE,
        )
        # 各部门在制定办法时，要明确: in the same clause, or opening a later one
        self.later_modal = re.compile(
            rf"(?:^[^，。；由\n]*?|，)(?:{MODAL})|，(?:具体|全面|统一)?(?:负责(?!人|同志)|牵头(?!单位|部门))",
            re.VERBOSE,
        )


def clauses(
    match: str, span: Span, lexicon: Lexicon, *, apart: Collection[Span], known: frozenset[str]
) -> Iterator[Mention]:
    """The units of running text between ``span.start`` and ``span.end``, in order of place.

    ``apart`` are spans that are read elsewhere (brackets, unit lines, unit cells); ``known`` names count as units though
    their ending alone would not show it.
    """
    reader = _Reader(match, span, lexicon, apart, known)
    found = [*reader.subjects(), *reader.asked()]
    found += reader.conditioned(found)
    subjects = sorted((*found, *reader.plain(found)), key=lambda s: (s.start, s.end))
    yield from reader.one_role([*reader.mentions(subjects), *reader.further()])


class _Reader:
    """One plan's text with the places of its sentence and clause ends."""

    def __init__(
        self, match: str, span: Span, lexicon: Lexicon, apart: Collection[Span], known: frozenset[str]
    ) -> None:
        self.match, self.span = match, span
        self.doers, self.predicates = Doers(lexicon, known), Predicates.of(lexicon)
        self.patterns = lexicon.derived("units.clauses", _Patterns)
        self.orders = PlainOrders.of(lexicon)
        self.last_sentence = span.start, span.start  # kept, so that an endless line is not gone through often
        self.apart = sorted((s.start, s.end) for s in apart)
        self.apart_starts = [start for start, _ in self.apart]
        self.taken: set[int] = set()

    # -- places

    def sentence(self, offset: int) -> tuple[int, int]:
        """Where the sentence at an offset begins and ends, with its closing mark."""
        if not self.last_sentence[0] <= offset < self.last_sentence[1]:
            opened = _SENTENCE_START.search(self.match, self.span.start, offset)
            closed = _SENTENCE_END.search(self.match, offset, self.span.end)
            self.last_sentence = (
                opened.end() if opened else self.span.start,
                closed.end() if closed else self.span.end,
            )
        return self.last_sentence

    def sentence_end(self, offset: int) -> int:
        """Where the sentence at an offset ends."""
        return self.sentence(offset)[1]

    def clause_start(self, offset: int) -> int:
        """Where the clause at an offset begins, at most one list of units away."""
        floor = max(self.span.start, offset - LONGEST_LIST)
        found = _CLAUSE_START.search(self.match, floor, offset)
        return found.end() if found else floor

    def opens_line(self, offset: int) -> bool:
        """True where only a label stands before an offset in its line."""
        at = self.match.rfind("\n", 0, offset) + 1
        while at < offset and (found := _LEAD_IN.match(self.match, at, offset)):
            at = found.end()
        return at == offset

    def is_apart(self, offset: int) -> bool:
        """True inside a span that is read elsewhere."""
        k = bisect_right(self.apart_starts, offset) - 1
        return k >= 0 and offset < self.apart[k][1]

    def quote(self, start: int, end: int) -> Span:
        """From ``start`` to the end of the clause at ``end``."""
        limit = min(self.span.end, start + _QUOTE_LIMIT)
        found = _CLAUSE_END.search(self.match, end, limit)
        return Span(start, max(end, found.start() if found else limit))

    # -- subjects

    def subjects(self) -> Iterator[_Subject]:
        """The doers of clauses, with 由 or 请 where they stand behind one."""
        last = self.span.start
        waiting: tuple[int, _Subject] | None = None  # (start of its clause, a doer before a plain verb)
        held: _Subject | None = None  # the last doer that was found
        for found in self.patterns.candidate.finditer(self.match, self.span.start, self.span.end):
            at, end = found.span()
            start = max(self.clause_start(at), last)
            if waiting and start != waiting[0]:
                last = waiting[1].end
                yield self.take(waiting[1])
                waiting = None
            if at < last or self.is_apart(at):
                continue
            strength: Strength = "modal" if found["modal"] else "duty" if found["duty"] else "act"
            if held and (waiting or start == last) and "、" in self.match[held.end : at]:
                shared = self.shares(held, found, strength)
                if shared:
                    if waiting:
                        yield self.take(waiting[1])
                        waiting = None
                    yield self.take(shared)
                    last, held = shared.end, shared
                    continue
            if waiting and strength == "act":
                continue
            subject = self.subject(start, end, strength)
            if subject is None:
                continue
            if strength == "act":
                waiting = (start, subject)  # 国务院专利行政部门应当: a longer name before 应当 goes first
                held = subject
                continue
            waiting = None
            yield self.take(subject)
            last, held = subject.end, subject
        if waiting:
            yield self.take(waiting[1])

    def shares(self, held: _Subject, found: re.Match[str], strength: Strength) -> _Subject | None:
        """The next doer of a clause that shares its work out: 由卫健局编制计划、教体局落实招生、人社局负责签约."""
        match, names = self.match, self.doers.names
        comma = match.find("、", held.end, found.start())
        before = held.end
        while comma >= 0:
            if names.kind(match[max(before, comma - _FIRST_NAME) : comma]) is None:
                subject = self.subject(comma + 1, found.end(), strength)
                bodies = subject.units if subject and subject.start == comma + 1 else ()
                if bodies and all(self._is_body(u.unit) for u in bodies):
                    return subject
            before, comma = comma + 1, match.find("、", comma + 1, found.start())
        return None

    def _is_body(self, name: str) -> bool:
        """True for a body that is told apart from what another works on: 县财政局, 各镇, but no 街道 and no 医院."""
        return self.doers.is_definite(name) and (self.doers.names.kind(name) == "organ" or name.startswith("各"))

    def take(self, subject: _Subject) -> _Subject:
        """``subject``, noted so that 由 and 请 before it are not read again."""
        self.taken.add(subject.start)
        return subject

    def asked(self) -> Iterator[_Subject]:
        """The units behind 由 and 请 whose verb no dictionary holds."""
        for pattern in (_ASK, _BY, _CHARGED):
            for place in pattern.finditer(self.match, self.span.start, self.span.end):
                if place.start() in self.taken or self.is_apart(place.start()):
                    continue
                limit = min(self.sentence_end(place.end()), place.end() + LONGEST_LIST)
                first = self.first_doer(place.end(), limit)
                end = first or self.loose_end(place.end(), limit)
                if (
                    end is None
                    or _BY_NAME.match(self.match, end)
                    or _RELATIVE.match(self.match, end)
                    or _TURNS.match(self.match, end)
                ):
                    continue
                subject = self.subject(place.start(), end, "act")
                if (
                    subject
                    and subject.start == place.start()
                    and (self.doers.is_sure(subject.units[0].unit) or (first and self._is_named(subject.units[0].unit)))
                ):
                    yield subject

    def first_doer(self, start: int, limit: int) -> int | None:
        """Where a list ends that a known verb follows, with or without when and how between them."""
        close = _CLAUSE_END.search(self.match, start, limit)
        end = close.start() if close else limit
        for found in islice(self.patterns.ending.finditer(self.match, start + 1, end), _MOST_ENDINGS):
            at = found.end()
            if self.doers.names.kind(self.match[start:at]) is None or self.cuts_a_word(at):
                continue
            if self.orders.acts(self.match, at, end, sure=True):
                return at
        return None

    def cuts_a_word(self, at: int) -> bool:
        """True where the name that ends at ``at`` goes on: 村|民, 委|员会."""
        around = self.match[at - 1 : at + 1]
        # 村级组织“星级”评定: an organisation, and no group
        if around in _PART_OF_WORD or (around == "级组" and self.match.startswith("织“", at + 1)):
            return True
        further = around[1:]
        return further in _CUTS_SIGNS and _GOES_ON.match(self.match, at) is not None

    def conditioned(self, found: list[_Subject]) -> Iterator[_Subject]:
        """The doers that a clause parts from their order: 企业停产的，应当报告; 各所接警后，要到场."""
        ends = sorted(s.end for s in found)
        for place in _ORDER_LATER.finditer(self.match, self.span.start, self.span.end):
            comma = place.start()
            opening, _ = self.sentence(comma)
            k = bisect_right(ends, comma)
            if (k and ends[k - 1] > opening) or self.is_apart(comma):
                continue
            for start in dict.fromkeys((opening, self.clause_start(comma))):
                if comma - start > LONGEST_LIST:
                    continue
                subject = self.before_condition(self.behind_lead_in(start, comma), comma)
                if subject:
                    yield subject
                    break

    def before_condition(self, start: int, comma: int) -> _Subject | None:
        """The doer that opens ``start`` where the words up to the comma only say when or in which case."""
        end = self.loose_end(start, comma)
        if end is None and comma - start > 3 and self.doers.units(self.match[start:comma]):
            end = comma
        if end is None:
            return None
        longer = _BEARER.match(self.match, end, comma)
        end = longer.end() if longer is not None else end
        units = self.doers.units(self.match[start:end])
        rest = self.match[end:comma]
        if not units or rest.startswith("等") or self.doers.is_whole_place(units[0].unit) or self.told(start):
            return None
        kind = self.doers.names.kind(units[0].unit)
        order = self.match[comma + 1 : comma + 40]
        if _STATE.match(order) or (kind == "place" and not self.doers.is_definite(units[0].unit)):
            return None
        if not rest or _SUCH_AS.match(rest):
            if not self.doers.is_definite(units[0].unit):
                return None
        elif _WHEN_ENDS.search(rest) and "，" not in rest:
            named = rest.endswith("的") and not _PERCEIVES.match(rest)
            acted_upon = named and _ACTED_UPON.search(rest) and not _OWN_AMENDS.match(order)
            if acted_upon or _OWNED.match(rest) or _THING_READY.match(rest) or (named and _PENALTY.match(order)):
                return None
        elif not _LEAVES.match(rest) or "的" in rest:
            return None
        placed = tuple(replace(u, span=Span(start + u.span.start, start + u.span.end)) for u in units)
        return _Subject(placed[0].span.start, comma + 1, placed, "subject")

    def plain(self, found: list[_Subject]) -> Iterator[_Subject]:
        """The doers that open a clause whose verb no list of duties holds: 派出所维护秩序, 驻村干部2小时内到岗."""
        starts = sorted(s.start for s in found)
        ends = sorted(s.end for s in found)
        last = len(ends)
        match, openings, settled = self.match, self.orders.common_openings, self.orders.settled_openings
        name = self.patterns.name
        end = self.span.start - 1
        for clause in _clauses(self.span.of(match)):
            length = len(clause)
            start = end + 1
            end = start + length
            if length < _SHORTEST_CLAUSE:
                continue
            opening = clause[:2]
            if (
                opening in openings
                and match[end : end + 1] != "："
                and (  # a third of all clauses are told by these three characters alone
                    (opening in settled and clause[2] not in BARE_STARTS) or self.orders.opens(match, start, end)
                )
            ):
                continue
            limit = end if length <= LONGEST_LIST else start + LONGEST_LIST
            first = name.search(match, start + 1, limit)
            if first is None:
                continue  # more than half of the clauses are done with here
            k = bisect_right(ends, start)
            if (k < last and starts[k] < end) or self.is_apart(start):
                continue
            if match[end : end + 1] == "：":
                labelled = self.labelled(start, end)
                if labelled:
                    yield labelled
                continue
            opens = start == self.span.start or match[start - 1] != "，"
            start = self.behind_lead_in(start, end)
            if match[start - 1 : start] in _JOINS:
                continue
            subject = self.plain_subject(start, end, opens, first, limit)
            if subject:
                yield subject
            if "包" in clause or "联" in clause:
                for shared in _SHARED_OUT.finditer(match, start, end):
                    begin = shared.end()
                    limit = min(end, begin + LONGEST_LIST)
                    first = self.patterns.name.search(match, begin + 1, limit)
                    further = self.plain_subject(begin, end, False, first, limit) if first else None
                    if further:
                        yield further

    def labelled(self, start: int, colon: int) -> _Subject | None:
        """The units that label an item of duties: 5.派出所：维护秩序. Behind the colon stands what they do."""
        if not self.opens_line(start):
            return None
        start = self.behind_lead_in(start, colon)
        if self.is_apart(start):
            return None  # 3.责任单位：县水利局。: a label, and no body
        stop = self.match.find("\n", colon, self.span.end)
        end = stop if stop >= 0 else self.span.end
        close = _CLAUSE_END.search(self.match, colon + 1, end)
        after = close.start() if close else end
        if after - colon < 5 or not (
            self.orders.acts(self.match, colon + 1, after, sure=True) or self.match[end - 1] in "。；"
        ):
            return None
        text = self.match[start:colon]
        if text.count("（") != text.count("）"):
            return None
        units = self.doers.units(text)
        if not units or len(units) <= text.count("、") or not all(self._is_labelled(u.unit) for u in units):
            return None
        placed = tuple(replace(u, span=Span(start + u.span.start, start + u.span.end)) for u in units)
        return _Subject(placed[0].span.start, colon + 1, placed, "subject")

    def _dwells(self, name: str) -> bool:
        """True for 企业 of 企业所|在区: what is somewhere, and has no 所; 镇财政 has one."""
        if name.endswith(_DWELLERS):
            return True
        return self.doers.names.kind(name) in ("generic", "person") and not self.doers.names.is_field(name)

    def _stands_in(self, name: str, end: int) -> bool:
        """True for 古井 of 古井所|在村: a thing, and behind 在 the body where it is; 镇司法所在村内 has a 所."""
        if _SEAT_OF.match(self.match, end) is None:
            return False
        names, whole = self.doers.names, f"{name}所"
        if whole[-3:] in names.kind_of or whole[-5:] in names.kind_of:
            return False  # 派出所, 自然资源所
        return names.kind(name) is None and not names.is_field(name)

    def _is_labelled(self, name: str) -> bool:
        """True for a body or a post that can stand as the label of its duties; 组长 and 成员 head lists of people."""
        kind = self.doers.names.kind(name)
        if not self.orders.is_name(name, True):
            return False
        return (
            kind in ("organ", "generic")
            or name.startswith("各")
            or (kind == "post" and name not in self.doers.names.kind_of)
        )

    def plain_subject(self, start: int, end: int, opens: bool, first: re.Match[str], limit: int) -> _Subject | None:
        """The list of units at ``start`` with a plain order behind it, up to ``end`` of the clause.

        From ``first``, the first ending of a name in the clause, up to ``limit`` names of the list can end.
        """
        match, doers, orders = self.match, self.doers, self.orders
        kind = doers.names.kind
        if match[start : start + 2] in orders.openings and orders.opens(match, start, end):
            return None
        last, reach = -1, start + _FIRST_NAME
        found: re.Match[str] | None = first
        for _ in range(_MOST_ENDINGS):
            if found is None:
                break
            begin, at = found.span()
            if at > reach:
                break
            if begin > start:  # else in a lead-in
                reach = at + _FIRST_NAME
                floor = at - _FIRST_NAME
                if not self.cuts_a_word(at) and kind(match[floor if floor > start else start : at]) is not None:
                    if last < 0 and not match.startswith("的", at) and doers.is_ruled_out(match[start:at]):
                        return None  # 支持企业…: three first names out of four are told by that
                    if orders.acts(match, at, end) or (opens and orders.after_condition(match, at, end, self.span.end)):
                        subject = self.subject(start, at, "plain")
                        if subject or last < 0:
                            return subject
                    last = at
            found = self.patterns.name.search(match, at, limit)
        if last > 0 and self.orders.may_act(self.match, last, end, self.span.end, opens=opens):
            return self.subject(start, last, "plain")
        return None

    def subject(self, start: int, end: int, strength: Strength) -> _Subject | None:
        """The list of units between a clause's start and its predicate, where it is one and can be the doer."""
        if not self.doers.may_end_at(self.match, end) and not self.is_cut_short(start, end):
            return None
        form: Form = "subject"
        head = -1
        text = self.match[start:end]
        if "由" in text or "请" in text:
            for pattern, said in ((_BY, "by"), (_ASK, "ask")):
                at = max((m.start() for m in pattern.finditer(self.match, start, end)), default=-1)
                if at > head:
                    head, form = at, said  # type: ignore[assignment]
        after = head + 1 if head >= 0 else start
        lightly = False
        if "责" in text or "派" in text or "定" in text or "排" in text or "要求各" in text or "要求每" in text:
            for charged in _CHARGED.finditer(self.match, after, end):
                head, form, after = charged.start(), "by", charged.end()
                lightly = not charged[0].startswith("责")
        start = self.behind_lead_in(after, end)
        if form == "subject" and strength != "modal" and self.match[start - 1 : start] in ("与", "同", "跟"):
            return None  # 与住建、交通部门共享数据
        text = self.match[start:end]
        if text.endswith("所") and (
            self.match.startswith(("需", "必需", "必须"), end)
            or (self.match.startswith("在", end) and (self._dwells(text[:-1]) or self._stands_in(text[:-1], end)))
        ):
            return None  # 本计划所|需经费, 安全生产所|必需的投入, 企业所|在区, 古井所|在村设立…
        marked = not text.isalnum()
        if marked and form == "subject" and strength == "act" and _QUOTED_THING.fullmatch(text):
            return None
        opened = _LAST_OPENING.search(text) if marked and _ANY_OPENING.search(text) else None
        if opened and not any(mark in text[opened.end() :] for mark in "）”》」】"):
            return None
        if self.match[end : end + 1] in ("。", "\n") and not self.opens_line(start):
            return None  # （二）县教育局。负责…: only a heading is a doer over its full stop
        colon = strength == "act" and self.match.startswith("：", end)
        if colon and not self.opens_line(start):
            return None  # 县教体局：开展…: only where it opens a line
        such = _SUCH_AS.search(text, 2) if "是" in text or "包括" in text else None
        if such and form == "subject":
            text = text[: such.start()]
        partner = _PARTNER.search(text) if _JOINT.match(self.match, end) else None
        units = self.doers.units(text[: partner.start()] if partner else text)
        if not units or not self.fits(units, start, end, strength, form):
            return None
        if lightly and not all(self._is_charged(u.unit) for u in units):
            return None
        appointed = _APPOINTED.match(self.match, end) and not _GROUP_ACTS.match(self.match, end)
        if form != "subject" and (appointed or _OWN_DECISION.match(self.match[end : end + 24])):
            return None
        organs = not colon or all(self.doers.names.kind(u.unit) == "organ" for u in units)
        if not organs and not self.patterns.known_act.match(self.match, end + 1):
            return None  # 联系单位：县林业局, 组长：县长
        if form == "subject":
            units[0] = _behind_heading(units[0])
        placed = tuple(replace(u, span=Span(start + u.span.start, start + u.span.end)) for u in units)
        return _Subject(head if head >= 0 else placed[0].span.start, end, placed, form)

    def is_cut_short(self, start: int, end: int) -> bool:
        """True where the list between a clause's start and its predicate may end before it: A，特别是B; A与B签订."""
        text = self.match[start:end]
        return "是" in text or "包括" in text or _JOINT.match(self.match, end) is not None

    def behind_lead_in(self, start: int, end: int) -> int:
        """Where a clause begins behind its label, its connectives and its time."""
        while _MAY_LEAD_IN.match(self.match, start, end):
            found = _LEAD_IN.match(self.match, start, end)
            if found is None or not start < (behind := found.end()) < end:
                break
            start = behind
        return start

    def fits(self, units: list[NamedUnit], start: int, end: int, strength: Strength, form: Form) -> bool:
        """True where units of this kind can be the doer of what follows."""
        if form != "subject" and any(u.unit in PEOPLE for u in units):
            return False  # 由村民推选产生
        if form == "ask":
            sure = [
                self.doers.is_definite(u.unit) or self.doers.names.is_field(u.unit) or self.doers.is_house(u.unit)
                for u in units
            ]
            # 请柳溪县、青竹县人民政府: a place beside a body
            return sure[-1] and all(s or self._is_place(u.unit) for s, u in zip(sure, units, strict=True))
        if strength == "modal":
            if _OF_THEIR_OWN.match(self.match, end) and any(u.unit.endswith(("户", *PEOPLE)) for u in units):
                return False
            return not (_STATE.match(self.match, end) or _IN_THAT_CASE.match(self.match, end))
        if form == "subject" and self.told(start):
            return False
        if strength == "duty":
            return True
        kinds = {self.doers.names.kind(u.unit) for u in units}
        if strength == "plain" and kinds != {"person"} and not self._says_who(units, self.match[start:end]):
            return False  # as most that act are told
        rest = self.match[end : min(self.sentence_end(end), end + 80)]
        if form == "subject" and (_ATTRIBUTE.match(rest) or _SLOGAN.match(rest)):
            return False
        if _DESCRIBES.match(rest) or (form == "subject" and _IS_BUILT.match(rest)):
            return False
        if _COUNTED.match(rest) and not self.doers.names.is_quantified(units[0].unit):
            return False
        if _FACT.search(rest) or _QUOTA.match(self.match, start, end + 40):
            return False
        if any(self.doers.is_whole_place(u.unit) or self.doers.is_each_one(u.unit) for u in units):
            return False
        if (
            kinds <= _OF_PEOPLE
            and "person" in kinds
            and _KEPT.match(self.match, end)
            and self.match[start - 1 : start] not in _JOINS
        ):
            return True
        if any(u.unit in PEOPLE for u in units) and not self.patterns.later_modal.match(rest):
            return False  # 党员开展志愿服务纳入考核，将…
        if strength == "plain":
            return self._says_who(units, self.match[start:end])
        if kinds == {"generic"} and (
            self.match.startswith("会同", end) or _SET_WORK.search(self.match, end - 2, end + 4)
        ):
            return True
        if kinds == {"place"} and _SET_ROUND.match(self.match, end):
            return True
        return (
            form == "by"
            or bool(self.patterns.later_modal.search(rest))
            or any(self.doers.is_definite(u.unit) for u in units)
        )

    def _says_who(self, units: list[NamedUnit], words: str) -> bool:
        """True where the list of a plain order says itself what it lists, or each of its units says who."""
        return self.doers.closes(words) or (words not in _SLOGANS and self._are_named(units))

    def _is_charged(self, name: str) -> bool:
        """True for who can be charged with a work: 责成住建局, but no 安排专职人员, 指定医疗机构."""
        return not name.startswith(("有关", "相关")) and self.doers.is_definite(name) and self._is_named(name)

    def _are_named(self, units: list[NamedUnit]) -> bool:
        """True where each says who; a place does beside a body: 东山新区、临港管委会."""
        named = [self._is_named(u.unit) for u in units]
        return all(named) or (named[-1] and all(n or self._is_place(u.unit) for n, u in zip(named, units, strict=True)))

    def _is_place(self, name: str) -> bool:
        return len(name) >= 3 and self.doers.names.kind(name) == "place" and self.orders.is_name(name, True)

    def _is_named(self, name: str) -> bool:
        """True for the doer of a plain order: it says who, and holds no verb of its own."""
        return self.doers.is_named(name) and self.orders.is_name(
            name, self.doers.names.kind(name) in ("place", "generic")
        )

    def told(self, offset: int) -> bool:
        """True in a sentence that tells what was done and orders nothing."""
        start, end = self.sentence(offset)
        if not (_TOLD.match(self.match, start, end) or _DONE.search(self.match, offset, end)):
            return False
        return _ORDERS.search(self.match, start, end) is None

    # -- ends of lists that stand behind their word

    def end_of_list(self, start: int, limit: int) -> int | None:
        """Where a list ends: the first ending of a name before a verb, else before anything that no name goes on with."""
        for found in islice(self.patterns.end_of_list.finditer(self.match, start, limit), _MOST_ENDINGS):
            if self.doers.units(self.match[start : found.end()]):
                return found.end()
        return self.loose_end(start, limit)

    def loose_end(self, start: int, limit: int) -> int | None:
        """Where a list ends whose verb is not known: the last ending of a name before any verb that is."""
        held: int | None = None
        for found in islice(self.patterns.ending.finditer(self.match, start, limit), _MOST_ENDINGS):
            end = found.end()
            if held and self.patterns.verb.search(self.match, held, end):
                break
            if self.match[end - 1] in "人家师者方商" and self.match[end : end + 1] in _NOT_PEOPLE:
                continue
            if _GOES_ON.match(self.match, end) or self.match[end - 1 : end + 1] in _NO_ENDING or end - start < 2:
                continue
            units = self.doers.units(self.match[start:end])
            if (
                units
                and self.match[end - 2] != "、"
                and (held is None or len(units) > self.match.count("、", start, end))
            ):
                held = end
        if held and (post := _POST_OF.match(self.match, held, limit)):
            return post.end()
        return held

    # -- mentions

    def mentions(self, subjects: list[_Subject]) -> Iterator[Mention]:
        """The units of subjects with the roles that their predicates give."""
        for number, subject in enumerate(subjects):
            at = subject.end + self.match.startswith(_HEADING_ENDS, subject.end)
            limit = self.sentence_end(at)
            if number + 1 < len(subjects):
                limit = min(limit, max(at, subjects[number + 1].start))
            role, explicit = self.predicates.role(self.match[at:limit], subject.units[0].unit)
            if (
                self.match.startswith("参加", subject.end)
                and "牵头" in self.match[self.sentence(subject.start)[0] : subject.start]
            ):
                role, explicit = "support", True  # A牵头，B、C参加
            quote = self.quote(subject.start, subject.end)
            yield from self.of_list(subject.units, role, subject.form, explicit, quote)

    def further(self) -> Iterator[Mention]:
        """Units that are no subject: 会同X, 接受X监督, a group set up with a duty, 报X核准."""
        match, span = self.match, self.span
        for found in _TOGETHER.finditer(match, span.start + 1, span.end):
            start = found.start() - 1
            if self.told(start):
                continue
            again = match.find("会同", found.end(), found.end() + LONGEST_LIST)
            limit = min(self.sentence_end(found.end()), again if again >= 0 else found.end() + LONGEST_LIST)
            closed = _LIST_CLOSES.search(match, found.end(), limit)
            stop = closed.end() if closed else self.end_of_list(found.end(), limit)
            if stop:
                yield from self.other(start, Span(found.end(), stop), "support", "with")
        for found in _CONSULTED.finditer(match, span.start, span.end):
            stop = self.end_of_list(found.end(), min(self.sentence_end(found.end()), found.end() + LONGEST_LIST))
            if stop and not self.told(found.start()):
                yield from self.other(found.start(), Span(found.end(), stop), "support", "with")
        for found in _OVERSEEN.finditer(match, span.start, span.end):
            yield from self.other(found.start(), Span(*found.span("list")), "supervise", "overseen")
        answers = _GROUP_ANSWERS.search(match, span.start, span.end)
        for found in _GROUP.finditer(match, span.start, span.end) if answers else ():
            if not _ANY_GROUP.match(found["name"]):
                yield from self.other(found.start("name"), Span(*found.span("name")), "responsible", "subject")
        for found in _APPROVED.finditer(match, span.start, span.end):
            yield from self.other(found.start(), Span(*found.span("list")), "responsible", "by")
        for found in _HIRED.finditer(match, span.start, span.end):
            yield from self.other(found.start(), Span(*found.span("list")), "supervise", "subject")
        said = any(sign.search(match, span.start, span.end) for sign in _NAMED_SIGNS)
        for found in _NAMED_FOR.finditer(match, span.start, span.end) if said else ():
            yield from self.other(found.start(), Span(*found.span("list")), _NAMED_ROLES[found["role"]], "subject")

    def other(self, start: int, listed: Span, role: Role, form: Form) -> Iterator[Mention]:
        """The units of a list that the words at ``start`` introduce; 有关部门 is nobody."""
        if self.is_apart(start):
            return
        units = [u for u in self.doers.units(listed.of(self.match)) if u.unit not in _ANY_BODY]
        if form == "with":
            units = [u for u in units if len(u.unit) < _LONG_NAME or self.orders.is_name(u.unit, False)]
        placed = [replace(u, span=Span(listed.start + u.span.start, listed.start + u.span.end)) for u in units]
        yield from self.of_list(placed, role, form, True, self.quote(start, listed.end))

    def of_list(
        self, units: Collection[NamedUnit], role: Role, form: Form, explicit: bool, quote: Span
    ) -> Iterator[Mention]:
        """One mention for each unit of a list."""
        for number, unit in enumerate(units):
            is_post = form == "subject" and self.doers.names.kind(unit.unit) == "post"
            said: Form = "post" if is_post else form
            value = UnitMention(unit.unit, role, said, explicit, unit.span, number, len(units))
            yield Mention(value, (quote,), f"units.{said}")

    def one_role(self, found: list[Mention]) -> Iterator[Mention]:
        """One firm role for each unit and sentence, in order of place."""
        best: dict[tuple[int, str], tuple[UnitMention, Mention]] = {}
        for mention in found:
            value = mention.value
            assert isinstance(value, UnitMention)
            key = (self.sentence_end(value.place.start), value.unit)
            if key not in best or _RANK[value.role] < _RANK[best[key][0].role]:
                best[key] = (value, mention)
        yield from (mention for _, mention in sorted(best.values(), key=_place))


def _place(found: tuple[UnitMention, Mention]) -> tuple[int, int, int, int]:
    """Where a mention and its unit stand, in numbers: spans would be compared by a call each."""
    unit, quote = found[0].place, found[1].span
    return quote.start, quote.end, unit.start, unit.end


def _clauses(text: str) -> list[str]:
    """``text`` cut at the marks that end a clause: replacing them takes half of what a pattern takes."""
    for mark in _ENDS_CLAUSE:
        text = text.replace(mark, "，")
    return text.split("，")


def _behind_heading(unit: NamedUnit) -> NamedUnit:
    """有队伍每个村培育: a unit without the heading that runs into its sentence."""
    each = _EACH.search(unit.unit)
    if each is None:
        return unit
    return NamedUnit(unit.unit[each.start() :], Span(unit.span.start + each.start(), unit.span.end))
