"""Names in Chinese, Korean, Arabic and Hebrew script, by the words that stand right beside them."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SHAPED, Candidate, Source
from afterword.redaction.detectors.name_shapes import given_names, not_names
from afterword.redaction.edged import Edged

_DOUBLE = "欧阳司马上官诸葛东方慕容皇甫尉迟公孙令狐宇文长孙夏侯端木独孤南宫歐陽司馬諸葛"
_DOUBLES = "|".join(_DOUBLE[at : at + 2] for at in range(0, len(_DOUBLE), 2))
_SURNAME = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严張劉陳楊趙吳孫馬鄭謝許鄧馮韓蕭葉蔣蘇呂盧鍾譚陸賈鄒龍"
)
_NOT_GIVEN = "已将把被是的在来说于因向与和对也都不就从到有会要拒您先女小一这那请说很本陪建您吗呢了为给跟让"
_CHINESE = re.compile(
    r"(?:患者|病人|员工|快递员|医师|医生|护士|律师|老师|经理|主任|同事|其母|其父|其妻|其夫|其子|其女|母亲|父亲|丈夫|妻子|儿子|女儿|收件人|寄件人"
    r"|联系人|申请人|投保人|被保险人|当事人|负责人|我叫|我是|机器人：|客服：|专员|司机|骑手|房东|租客|邻居)[：: ]?"
    rf"(?P<name>(?:{_DOUBLES}|[{_SURNAME}])[\u4e00-\u9fff](?:(?![{_NOT_GIVEN}])[\u4e00-\u9fff])?)"
)
_BEFORE_TITLE = re.compile(rf"(?P<name>(?:{_DOUBLES}|[{_SURNAME}])[\u4e00-\u9fff]{{0,2}})(?=先生|女士|小姐|您好|本人)")
_HANGUL = (
    "(?:남궁|황보|제갈|선우|독고|[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추])"
    "[가-힣]{2}"
)
_KOREAN = Edged(
    "가-힣",
    "가-힣",
    rf"(?P<name>{_HANGUL})(?= ?(?:고객|과장|대리|부장|차장|사원|팀장"
    rf"|이사님|대표님|선생|교수|환자|기사님|씨|님|한테|에게|께서"
    r"|이라고|라고 합니다))",
)
_KOREAN_CUED = re.compile(
    "(?:남편|아내|아들|딸|어머니|아버지|동생|형|누나|언니|오빠|친구|동료|인사팀|영업팀"
    "|담당자|상담원|기사|환자|저는|제 이름은|안녕하세요,)"
    rf" ?(?P<name>{_HANGUL})(?=입니다|이고|이에요|인데|[ ,.()]|이 |가 |한테|에게|$)"
)
_A = "\u0621-\u064a"
_ARABIC = re.compile(
    rf"(?<![{_A}])(?P<first>[{_A}]{{2,12}})(?P<rest>(?: (?:بن|بنت|آل) [{_A}]{{2,1"
    rf"2}})? ال[{_A}]{{3,12}}|)(?![{_A}])"
)
_H = "\u05d0-\u05ea"
_HEBREW = re.compile(
    rf"(?<![{_H}])(?P<first>[{_H}]{{2,10}}) (?P<rest>[{_H}]{{2,12}}(?:-[{_H}]{{2,1"
    rf"0}})?)(?![{_H}'\"])"
)
_GREETED = re.compile(r"(?:السلام|مرحبا|مرحباً|أهلا|أهلاً|عزيزي|عزيزتي|שלום|היי|תודה) $")
_NAMES = (_CHINESE, _KOREAN, _KOREAN_CUED)


def find_native(source: Source) -> Iterator[Candidate]:
    """Yield names that a word for kin, work or courtesy stands beside, and known given names with a family name."""
    text = source.text
    if text.isascii():
        return
    if any(letter >= "\u4e00" for letter in source.letters):
        titled = (_BEFORE_TITLE.finditer(text, *stretch) for stretch in source.around("先女小您本", 4, 2))
        for matches in (*(pattern.finditer(text) for pattern in _NAMES), *titled):
            for match in matches:
                if match["name"] not in not_names():
                    yield Candidate(*match.span("name"), "PERSON", 0.78, "a name beside its cue", SHAPED - 7)
    if any("\u0590" <= letter <= "\u06ff" for letter in source.letters):
        for pattern in (_ARABIC, _HEBREW):
            yield from _with_given(text, pattern)


def _with_given(text: str, pattern: re.Pattern[str]) -> Iterator[Candidate]:
    at = 0
    while match := pattern.search(text, at):
        at = match.end("first")
        if match["first"] not in given_names():
            continue
        greeted = _GREETED.search(text, max(0, match.start() - 12), match.start())
        if greeted and pattern is _HEBREW and text[match.end("first") : match.end("first") + 1] == ",":
            yield Candidate(*match.span("first"), "PERSON", 0.72, "greeted by name", SHAPED - 8)
        elif match["rest"] or greeted:
            yield Candidate(match.start(), match.end(), "PERSON", 0.74, "begins with a given name", SHAPED - 8)
