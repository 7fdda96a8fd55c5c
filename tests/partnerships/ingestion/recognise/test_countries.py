"""Traps, each with a sentence written for it."""

import pytest

from partnerships.ingestion.recognise import recognise


def countries(text, **stated):
    return {mention.value for mention in recognise(text, **stated).countries}


TRAPS = [
    # no country at all
    ("ru", "Венец дела и конец года: он купил перец и палец порезал.", ""),
    ("zh", "他们在南海南部、湄公河北部和欧洲建成都市农业园区，是世界最大连锁企业。", ""),
    ("kk", "Болашақ жастардың қолында, деді ол жиында.", ""),
    ("pt", "O príncipe chegou ao porto e falou com o salvador do barco.", ""),
    ("en", "Georgia State University opened a new campus for the students.", ""),
    ("en", "The Georgia Institute of Technology and Georgia Tech are the same.", ""),
    ("en", "He flew to Atlanta, the largest city in Georgia, for the meeting.", ""),
    ("en", "Michael Jordan said that the game was over, and Jordan left.", ""),
    ("en", "Jordan Peterson and Chad Smith were invited to the talk.", ""),
    ("en", "For the holiday we had turkey, and china was on the table.", ""),
    ("en", "The guinea pig was bred in New Jersey and in New Guinea.", ""),
    ("en", "The Paris Agreement and the Washington Post are no places in the text.", ""),
    ("en", "They met on the shore of Lake Chad and of the Indian Ocean.", ""),
    ("fr", "La réunion a eu lieu avec Maurice et Dominique dans la grande salle.", ""),
    ("fr", "Il a lancé une grenade, dit le rapport de la police.", ""),
    ("es", "Reunión de los rectores con el alcalde sobre el futuro de la universidad.", ""),
    ("es", "La Universidad de Granada es una de las más antiguas del país.", ""),
    ("pt", "A reunião foi marcada e o peru foi servido no jantar da família.", ""),
    ("ru", "Того же мнения придерживаются и другие, кого мы спросили об этом.", ""),
    ("ru", "Мало кто знал об этом, но чад стоял в комнате, как и прежде.", ""),
    ("zh", "各部门要全面落实习近平讲话精神，认真学习。", ""),
    ("zh", "多米尼克·斯特劳斯出席了会议并讲话。", ""),
    ("zh", "他在佐治亚州马里兰大学学习，后来去了印度洋。", ""),
    ("ar", "قدمت الوزارة الدعم مالي للطلاب في العام المقبل.", ""),
    ("ja", "このタイプのスタイルはタイムリーです。", ""),
    ("ko", "정부는 인도적 지원을 확대하기로 했다.", ""),
    # one that is easily taken for another
    ("en", "Students from Georgia met in Tbilisi with the Georgian minister.", "GE"),
    ("en", "The King of Jordan received the delegation in Amman.", "JO"),
    ("en", "Egypt, Jordan and Iraq will share the electricity of the plant.", "EG JO IQ"),
    ("en", "The Macao SAR of China sent its own team; Macau SAR won.", "MO CN"),
    ("en", "Hong Kong SAR China has a scheme of its own.", "HK"),
    ("es", "La RAE de Macao (China) ofrece becas a los estudiantes.", "MO"),
    ("en", "The Democratic Republic of the Congo and the Republic of the Congo met.", "CD CG"),
    ("en", "In Kinshasa the Congo said that it would join the talks.", "CD"),
    ("fr", "La RDC et la République du Congo ont signé; Brazzaville accueille le sommet.", "CD CG"),
    ("ru", "Демократическая Республика Конго и Республика Конго подписали договор.", "CD CG"),
    ("zh", "刚果（金）和刚果（布）签署了协议。", "CD CG"),
    ("ar", "وقعت جمهورية الكونغو الديمقراطية وجمهورية الكونغو الاتفاق.", "CD CG"),
    ("en", "Niger and Nigeria share a border; Nigeriens and Nigerians cross it.", "NE NG"),
    ("fr", "Les étudiants nigériens et nigérians ont été reçus par le ministre.", "NE NG"),
    ("ru", "Делегации Нигера и Нигерии прибыли в столицу.", "NE NG"),
    ("kk", "Нигер мен Нигерияның өкілдері және басқа қонақтар келді.", "NE NG"),
    (
        "en",
        "Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea took part.",
        "GN GW GQ PG",
    ),
    ("fr", "La Guinée, la Guinée-Bissau et la Guinée équatoriale ont signé.", "GN GW GQ"),
    ("zh", "几内亚、几内亚比绍、赤道几内亚和巴布亚新几内亚参加了会议。", "GN GW GQ PG"),
    ("en", "South Korea and North Korea were both invited to the games.", "KR KP"),
    (
        "en",
        "The Republic of Korea and the Democratic People's Republic of Korea spoke.",
        "KR KP",
    ),
    ("ru", "Республика Корея и КНДР направили своих спортсменов на игры.", "KR KP"),
    ("en", "Türkiye, formerly Turkey, and its Turkish partners signed it.", "TR"),
    ("en", "The government of Chad spoke in N'Djamena of a new school.", "TD"),
    ("fr", "Le Mali et le Tchad ont salué la décision des Maliens.", "ML TD"),
    ("es", "Malí y Perú firmaron un acuerdo sobre la formación de los docentes.", "ML PE"),
    ("ru", "Республика Того и Мали договорились о сотрудничестве.", "TG ML"),
    ("en", "The Dominican Republic and Dominica are two countries in the Caribbean.", "DO DM"),
    ("zh", "多米尼克总理和多米尼加共和国总统会面。", "DM DO"),
    ("zh", "苏丹和南苏丹的代表出席了会议。", "SD SS"),
    ("zh", "中非总统图瓦德拉来访。", "CF"),
    ("zh", "中非友好合作论坛举行。", "CN"),
    ("zh", "中新两国签署协议，新西兰总理出席。", "CN NZ"),
    ("zh", "中新两国签署协议，新加坡总理出席。", "CN SG"),
    ("zh", "秘方愿同中方加强合作，秘鲁总统表示。", "CN PE"),
    ("zh", "这家药店的秘方很有名，很多人来买。", ""),
    ("en", "American Samoa and Samoa are not the United States of America.", "AS WS US"),
    ("en", "Latin American, South American and African American students applied.", ""),
    ("fr", "Le Soudan du Sud et le Soudan ont repris les pourparlers.", "SS SD"),
    ("pt", "A Guiné-Bissau e São Tomé e Príncipe são países de língua portuguesa.", "GW ST"),
]


@pytest.mark.parametrize(("language", "text", "expected"), TRAPS)
def test_countries_named_are_these_and_no_others(language, text, expected):
    assert countries(text, language=language) == set(expected.split())


FORMS = [
    ("ru", "Среди гостей были кенийцы, непалец и группа бельгийцев.", "KE NP BE"),
    ("kk", "Сеулдегі отандастарымыз Қазақстанға KOICA грантымен оралды.", "KR KZ"),
    ("uz", "Toshkent va Termiz shaharlarida yurtimiz yoshlari bor.", "UZ"),
    ("ru", "в Казахстане, о Китае, с Францией, из Республики Узбекистан, к США", "KZ CN FR UZ US"),
    ("ru", "российско-таджикистанских и казахско-китайские переговоры", "RU TJ KZ CN"),
    ("ru", "Китайской Народной Республикой и Российской Федерацией подписан договор", "CN RU"),
    (
        "kk",
        "Қытайдың, Өзбекстанмен, Түркияда, Ресейден және АҚШ-тың өкілдері бар",
        "CN UZ TR RU US",
    ),
    ("fr", "le programme algéro-français et les étudiants ivoiriens des États-Unis", "DZ FR CI US"),
    (
        "en",
        "the U.S.-Kazakhstan talks and Sino-Russian ties of the U.K. and the UAE",
        "US KZ CN RU GB AE",
    ),
    ("es", "los estudiantes marroquíes y las universidades chilenas de EE. UU.", "MA CL US"),
    ("pt", "os estudantes moçambicanos e a empresa cabo-verdiana dos EUA", "MZ CV US"),
    ("ar", "والصين وللمغرب وبالجزائر ومن الطلاب المصريين في الجامعة", "CN MA DZ EG"),
    (
        "de",
        "Chinas Studierende und die kasachischen Partner der Ägypter sind in Berlin",
        "CN KZ EG DE",
    ),
    ("tr", "Kazakistan'ın ve Özbekistan'da yaşayan Türk öğrenciler için", "KZ UZ TR"),
    ("uz", "O‘zbekistonda va Qozogʻistondan kelgan talabalar uchun Toshkentda", "UZ KZ"),
    ("zh", "中哈两国元首会谈，哈萨克斯坦总统表示", "CN KZ"),
    ("ja", "日米関係と訪中について、中国と日本が協議した", "JP US CN"),
    ("ko", "한국과 우즈베키스탄은 협정을 체결했다", "KR UZ"),
    ("hi", "भारतीय छात्रों के लिए जापान की छात्रवृत्ति है", "IN JP"),
    ("sw", "Watanzania na Wakenya wanasoma nchini Uchina kwa mwaka huu", "TZ KE CN"),
    ("vi", "Sinh viên Việt Nam và Trung Quốc được học tại Nga", "VN CN RU"),
    ("fa", "دانشجویان ایرانی و افغانستان در تاجیکستان", "IR AF TJ"),
    ("uk", "українсько-польська угода та студенти з Грузії", "UA PL GE"),
]


@pytest.mark.parametrize(("language", "text", "expected"), FORMS)
def test_inflected_forms_demonyms_and_abbreviations_are_found(language, text, expected):
    assert countries(text, language=language) == set(expected.split())


@pytest.mark.parametrize(("language", "text", "expected"), [*TRAPS, *FORMS])
def test_every_mention_covers_words_of_the_text(language, text, expected):
    shifted = f"\u2003{text}\r\n😀 {text}"
    for mention in recognise(shifted, language=language).countries:
        assert 0 <= mention.start < mention.end <= len(shifted)
        assert shifted[mention.start : mention.end].strip() == shifted[mention.start : mention.end]


def test_spans_are_code_points_of_the_text_given_not_of_the_title():
    text = "😀 e\u0301 La Chine et le Kazakhstan."
    mentions = recognise(text, title="Accord avec la Chine", language="fr").countries
    assert [text[m.start : m.end] for m in mentions] == ["Chine", "Kazakhstan"]


def test_the_name_of_a_grouping_names_no_country():
    read = recognise("The Shanghai Cooperation Organisation met and the talks were long.")
    assert read.countries == ()
    assert {m.value for m in read.groupings} == {"sco"}


def test_a_foreign_name_is_read_in_a_text_of_another_language():
    text = "A estudante vai para a Moscow State Linguistic University com uma bolsa."
    assert countries(text) == {"RU"}
