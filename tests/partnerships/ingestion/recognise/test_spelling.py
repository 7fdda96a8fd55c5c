import pytest

from partnerships.ingestion.recognise import recognise
from partnerships.ingestion.recognise.spelling import country_named


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Kazakhstan", "KZ"),
        ("  KAZAKHSTAN. ", "KZ"),
        ("哈萨克", "KZ"),
        ("Korea, Republic of", "KR"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo, Republic of the", "CG"),
        ("Cote d&#8217;Ivoire", "CI"),
        ("Republic of Angola", "AO"),
        ("U.S.A.", "US"),
        ("U.A.E", "AE"),
        ("AND", "AD"),
        ("Atlanta, Georgia, U.S.A.", "US"),
        ("Labuan, Malaysia", "MY"),
        ("Kazakhsatn", "KZ"),
        ("Սոմալի", "SO"),
        ("ประเทศไทย", ""),
        ("Orílẹ́ède Gana", "GH"),
        ("ກຳປູເຈຍ", "KH"),
        ("SUI", "CH"),
        ("Republic of Yemen", "YE"),
        ("Cộng hòa Xã hội chủ nghĩa Việt Nam", "VN"),
        ("Sénégalaise", "SN"),
        ("Австрийская Республика", "AT"),
        ("マリ共和国", "ML"),
        ("대한민국", "KR"),
        ("TÃ¼rkiye", "TR"),
        ("Bosnian/Herzegovinian", "BA"),
        ("French/German", ""),
    ],
)
def test_a_spelling_names_its_country(spelling, code):
    assert country_named(spelling) == code


@pytest.mark.parametrize(
    "spelling",
    ["", "  ", "N/A", "unknown", "Other", "African", "West Indian", "VIRGIN ISLANDS", "stateless",
     "CHANNEL ISLANDS", "overseas territories", "00", "Europe", "x" * 10_000, "Africa", "Afrique",
     "islands", "bar", "mad", "Republic of", "special administrative region", "人民共和国"],
)  # fmt: skip
def test_what_is_no_country_is_none(spelling):
    assert country_named(spelling) == ""
    assert recognise(spelling).countries == ()


def test_a_name_alone_is_read_in_any_language_of_cldr():
    assert [m.value for m in recognise("საქართველო").countries] == ["GE"]
