"""The closed word lists. Their values stand in addresses: never rename one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    SCHOLARSHIP = "scholarship", _("Scholarship")
    RESEARCH_GRANT = "research-grant", _("Research grant")
    FELLOWSHIP = "fellowship", _("Fellowship")
    INTERNSHIP = "internship", _("Internship")
    TRAINING = "training", _("Training")
    EXCHANGE = "exchange", _("Exchange")
    CULTURAL_TOUR = "cultural-tour", _("Cultural tour")
    FESTIVAL = "festival", _("Festival")
    COMPETITION = "competition", _("Competition")
    VOLUNTEERING = "volunteering", _("Volunteering")
    ENTREPRENEURSHIP = "entrepreneurship", _("Entrepreneurship")
    CONFERENCE = "conference", _("Conference")


class Stage(TextChoices):
    ANNOUNCED = "announced", pgettext_lazy("stage", "Announced")
    UPCOMING = "upcoming", pgettext_lazy("stage", "Opens soon")
    OPEN = "open", pgettext_lazy("stage", "Open")
    CLOSED = "closed", pgettext_lazy("stage", "Closed")
    LAPSED = "lapsed", pgettext_lazy("stage", "No call found")
    CANCELLED = "cancelled", pgettext_lazy("stage", "Cancelled")


class Audience(TextChoices):
    STUDENT = "student", _("Students")
    RESEARCHER = "researcher", _("Researchers")
    ENTREPRENEUR = "entrepreneur", _("Entrepreneurs")
    TRAVELLER = "traveller", _("Travellers")
    PROFESSIONAL = "professional", _("Professionals")


class Level(TextChoices):
    """The level of study sought."""

    SECONDARY = "secondary", _("Secondary school")
    VOCATIONAL = "vocational", _("Vocational")
    BACHELOR = "bachelor", _("Bachelor’s")
    MASTER = "master", _("Master’s")
    DOCTORATE = "doctorate", _("Doctorate")
    POSTDOCTORAL = "postdoctoral", _("Postdoctoral")
    PROFESSIONAL = "professional", pgettext_lazy("level", "Professional")


class Funding(TextChoices):
    FULL = "full", _("Fully funded")
    PARTIAL = "partial", _("Partly funded")
    PAID = "paid", _("Paid")
    UNPAID = "unpaid", _("Unpaid")
    FEE = "fee", _("Asks for a fee")
    NOT_STATED = "not-stated", pgettext_lazy("funding", "Not stated")


class Cover(TextChoices):
    TUITION = "tuition", _("tuition")
    STIPEND = "stipend", _("living allowance")
    TRAVEL = "travel", _("travel")
    HOUSING = "housing", _("housing")
    INSURANCE = "insurance", _("insurance")
    VISA = "visa", _("visa")


class Period(TextChoices):
    ONCE = "once", _("once")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")
    TOTAL = "total", _("in all")


class Format(TextChoices):
    ON_SITE = "on-site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Partly online")


class Application(TextChoices):
    BY_DEADLINE = "by-deadline", _("By a deadline")
    ROLLING = "rolling", _("At any time")
    NOT_NEEDED = "not-needed", _("No application needed")


class Outcome(TextChoices):
    """What came of an application, as the reader notes it."""

    SHORTLISTED = "shortlisted", _("shortlisted")
    WAITING = "waiting", _("on the waiting list")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class Origin(TextChoices):
    ORIGINAL = "original", _("original")
    HUMAN = "human", _("translated by a person")
    MACHINE = "machine", _("translated by a machine")


class Fact(TextChoices):
    """What one can cite of an opportunity."""

    EXISTENCE = "existence", _("that it exists")
    OFFICIAL_CALL = "official-call", _("official call")
    CANCELLATION = "cancellation", _("cancellation")
    TITLE = "title", _("title")
    KIND = "kind", _("kind")
    SUMMARY = "summary", _("summary")
    PROVIDER = "provider", _("provider")
    HOST = "host", _("host")
    PARTNERSHIP = "partnership", _("partnership")
    PLACE = "place", _("place")
    SECTOR = "sector", _("sector")
    AUDIENCE = "audience", _("audience")
    LEVEL = "level", _("level")
    FORMAT = "format", _("format")
    LANGUAGE = "language", _("language")
    OPENS_ON = "opens_on", _("opens on")
    STARTS_ON = "starts_on", _("starts on")
    ENDS_ON = "ends_on", _("ends on")
    FUNDING = "funding", _("funding")
    AMOUNT = "amount", _("amount")
    PLACES_AVAILABLE = "places_available", _("places available")
    OFFICIAL_PAGE = "official_page", _("official page")
    DEADLINE = "deadline", _("deadline")
    ELIGIBILITY = "eligibility", _("eligibility")


WORDS_OF = {Fact.KIND: Kind, Fact.FORMAT: Format, Fact.FUNDING: Funding}
"""Facts whose one value is a word of a closed list."""


class RuleKind(TextChoices):
    COUNTRIES = "countries", _("People’s countries")
    AGE = "age", _("Age")
    LEVEL_HELD = "level-held", _("Level of study held")
    LEVEL_SOUGHT = "level-sought", _("Level of study sought")
    FIELD = "field", _("Field of study")
    LANGUAGE = "language", pgettext_lazy("rule", "Language")
    OTHER = "other", _("In words")


class Attribute(TextChoices):
    NATIONALITY = "nationality", _("nationality")
    RESIDENCE = "residence", _("residence")
    EITHER = "either", _("nationality or residence")


class Mode(TextChoices):
    ONLY = "only", _("only")
    EXCEPT = "except", _("all except")


class AgeReference(TextChoices):
    DEADLINE = "deadline", _("on the day of the deadline")
    START = "start", _("on the first day")
    DATE = "date", _("on a date")
    NOT_STATED = "not-stated", pgettext_lazy("age", "on a day that is not stated")


class IscedLevel(TextChoices):
    """ISCED 2011 levels of education completed."""

    PRIMARY = "1", _("Primary education (ISCED 1)")
    LOWER_SECONDARY = "2", _("Lower secondary education (ISCED 2)")
    UPPER_SECONDARY = "3", _("Upper secondary education (ISCED 3)")
    POST_SECONDARY = "4", _("Post-secondary non-tertiary education (ISCED 4)")
    SHORT_CYCLE = "5", _("Short-cycle tertiary education (ISCED 5)")
    BACHELOR = "6", _("Bachelor’s or equivalent (ISCED 6)")
    MASTER = "7", _("Master’s or equivalent (ISCED 7)")
    DOCTORATE = "8", _("Doctorate or equivalent (ISCED 8)")


class StudyField(TextChoices):
    """ISCED-F 2013: each broad field (two digits) before its narrow ones (three)."""

    GENERIC = "00", _("Generic programmes and qualifications")
    BASIC = "001", _("Basic programmes and qualifications")
    LITERACY = "002", _("Literacy and numeracy")
    PERSONAL_SKILLS = "003", _("Personal skills and development")
    EDUCATION = "01", _("Education")
    TEACHING = "011", pgettext_lazy("narrow field of study", "Education")
    ARTS = "02", _("Arts and humanities")
    ARTS_ALONE = "021", _("Arts")
    HUMANITIES = "022", _("Humanities (except languages)")
    LANGUAGES = "023", _("Languages")
    SOCIAL = "03", _("Social sciences, journalism and information")
    BEHAVIOURAL = "031", _("Social and behavioural sciences")
    JOURNALISM = "032", _("Journalism and information")
    BUSINESS = "04", _("Business, administration and law")
    ADMINISTRATION = "041", _("Business and administration")
    LAW = "042", _("Law")
    NATURAL = "05", _("Natural sciences, mathematics and statistics")
    BIOLOGY = "051", _("Biological and related sciences")
    ENVIRONMENT = "052", _("Environment")
    PHYSICS = "053", _("Physical sciences")
    MATHEMATICS = "054", _("Mathematics and statistics")
    ICT = "06", _("Information and communication technologies")
    ICT_ALONE = (
        "061",
        pgettext_lazy("narrow field of study", "Information and communication technologies"),
    )
    ENGINEERING = "07", _("Engineering, manufacturing and construction")
    TRADES = "071", _("Engineering and engineering trades")
    MANUFACTURING = "072", _("Manufacturing and processing")
    ARCHITECTURE = "073", _("Architecture and construction")
    AGRICULTURE = "08", _("Agriculture, forestry, fisheries and veterinary")
    FARMING = "081", _("Agriculture")
    FORESTRY = "082", _("Forestry")
    FISHERIES = "083", _("Fisheries")
    VETERINARY = "084", _("Veterinary")
    HEALTH = "09", _("Health and welfare")
    HEALTH_ALONE = "091", _("Health")
    WELFARE = "092", _("Welfare")
    SERVICES = "10", _("Services")
    PERSONAL = "101", _("Personal services")
    HYGIENE = "102", _("Hygiene and occupational health services")
    SECURITY = "103", _("Security services")
    TRANSPORT = "104", _("Transport services")
