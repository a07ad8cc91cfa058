"""The words that the rules of linking go by.

They are the vocabulary of newspaper English, with the words by which organisations of other
languages are commonly printed in it. All are compared in lower case.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- Words that stand in front of a name without belonging to it --------------------------------

FUNCTION_WORDS = _words(
    "a an the this that these those some many most both all each every several few such other "
    "another any no not in on at to by of for from with without within into onto over under near "
    "inside outside across around along among amid against between beyond behind before after "
    "during since until till through throughout toward towards upon about above below despite "
    "unlike like per via and but or nor so yet as if when while where whereas whether although "
    "though because however meanwhile moreover furthermore nevertheless later earlier now then "
    "today yesterday tomorrow tonight also only even just still again once here there he she it "
    "they we i you his her its their our my your who whom whose what which why how is are was were "
    "has have had do does did can could will would shall should may might must according more less "
    "much back out up down off next following elsewhere separately additionally currently recently "
    "formerly reportedly once including especially particularly mainly mostly nearly almost two "
    "three four five six seven eight nine ten"
)
DAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
    "thursdays fridays saturdays sundays"
)
# May, March, April, June and August are names of people too and are left to the digits after them.
MONTHS = _words("january february july september october november december")
CALENDAR = DAYS | MONTHS

# With a hyphen in front of a name: Anti-Pakistan protests.
PREFIXES = _words("anti pro non post pre mid intra inter trans cross")

# --- Titles ------------------------------------------------------------------------------------

# Somebody with such a title in front of a full name is certainly a person.
TITLE_HEADS = _words(
    "minister premier president chancellor governor secretary spokesman spokeswoman spokesperson "
    "general lieutenant major brigadier colonel captain admiral commodore marshal sergeant "
    "corporal inspector superintendent constable commissioner chairman chairwoman chairperson "
    "chair director mayor senator congressman congresswoman ambassador envoy justice judge "
    "magistrate advocate lawyer attorney prosecutor king queen prince princess emperor emir pope "
    "cardinal archbishop bishop maulana mufti ayatollah rabbi reverend speaker chief commander "
    "leader deputy sheriff coach manager professor gen lt maj brig col capt sgt adm insp supt sen "
    "rep gov rev justices mp mpa mna ceo"
)
# A courtesy says that somebody is a person, not that the words after it are the whole name.
COURTESIES = _words(
    "mr mrs ms miss mx sir dame lord lady dr prof haji syed nawab sardar mir sheikh sultan imam"
)
ABBREVIATIONS = _words(
    "mr mrs ms mx dr prof gen lt maj brig col capt sgt adm cdr insp supt sen rep gov rev hon st jr "
    "sr"
)
# After these, a word for an institution makes the whole an institution: King Abdulaziz University.
NAMESAKE_HEADS = _words(
    "king queen prince princess general major justice captain sultan emperor president saint "
    "advocate attorney speaker sheikh lord lady sir chief mir sardar nawab"
)
# Those that by themselves, after a name and a comma, might describe a company.
DESCRIPTIVE_HEADS = _words("leader chief chair general major captain manager king queen deputy")
# What may stand in front of a title in lower case: provincial government spokesman.
TITLE_MODIFIERS = _words(
    "prime chief deputy vice assistant acting interim caretaker former ex federal provincial "
    "national state regional local district divisional city municipal central interior foreign "
    "finance home law defence defense health education information energy water labour labor "
    "transport trade planning environment agriculture sports culture justice security police army "
    "military navy naval air force government ministry party opposition senior junior retired "
    "attorney inspector director general joint additional first second lieutenant major brigadier "
    "parliamentary presidential royal high court supreme district sessions election rescue "
    "hospital university company board union group rebel militant separatist tribal village "
    "religious football cricket team executive managing station house traffic crime fire "
    "department commission spokesman press media communications superintendent secretary "
    "commissioner governor"
)
# Lower-case words that are titles only in front of, or in apposition to, a name.
PLAIN_TITLE_HEADS = _words(
    "minister premier president chancellor governor secretary spokesman spokeswoman spokesperson "
    "general commissioner chairman chairwoman chairperson director mayor senator ambassador envoy "
    "judge magistrate prosecutor superintendent inspector commander chief leader king queen prince "
    "princess emir speaker coach captain"
)

# --- Organisations -----------------------------------------------------------------------------

# With any distinctive word in front, the name of an organisation.
ORGANISATION_HEADS = _words(
    "army corporation company bank university airlines airways railways railway television "
    "broadcasting federation association confederation foundation institute institution ltd "
    "limited inc plc gmbh"
)
# With two words in front, one of them distinctive.
GENERIC_ORGANISATION_HEADS = _words(
    "party council court front movement league authority commission agency union committee board "
    "bureau survey nations ministry department police force forces club congress assembly "
    "parliament senate alliance coalition society organisation organization office service "
    "services guards guard brigade brigades corps navy group network trust fund college school "
    "academy press times news media tribunal cabinet secretariat directorate chamber exchange red "
    "crescent cross mission registry centre center tv radio"
)
ORGANISATION_WORDS = ORGANISATION_HEADS | GENERIC_ORGANISATION_HEADS
# In front of "of", "for" or "de": Ministry of Foreign Affairs, Banco de México.
ORGANISATION_LEADS = _words(
    "ministry department bank university institute bureau office board council commission "
    "committee court association federation confederation society union organisation organization "
    "authority agency academy college school church parliament house chamber league party army "
    "movement front congress centre center corps club survey banco banque banca université "
    "universidad universität università ministère ministerio ministério partido parti partei cour "
    "assemblée frente movimiento fund trust foundation campaign network alliance forum"
)
# The first part of names such as Tehrik-e-Taliban Pakistan, whose last word belongs to them.
COMPOUND_LEADS = _words(
    "tehrik tehreek tahrik jamaat jamaatul jamat jamiat lashkar hizb hizbul majlis anjuman jaish "
    "sipah sipahe harkat harakat harkatul ansar hezb ahrar muttahida mutahida"
)
# Words that by themselves tell no organisation from another.
GENERIC_WORDS = _words(
    "supreme high national federal provincial state central security armed military police local "
    "district city regional international united general special public joint royal democratic "
    "republican labour labor conservative liberal socialist communist green people's peoples "
    "people foreign interior home finance health education defence defense law justice information "
    "energy water transport trade planning environment agriculture sports culture affairs external "
    "internal economic social development human rights civil civilian air naval land coast border "
    "frontier fire rescue emergency crown appeal appeals criminal constitutional sessions election "
    "electoral executive legislative judicial intelligence investigation investment commerce "
    "industry reserve the of and for grand first second third new old independent free popular "
    "progressive opposition ruling radio news media press daily weekly sunday times search task "
    "work working steering standing select advisory ethics prime minister ministers president"
)

# --- Longer names that are neither --------------------------------------------------------------

# At their end these make a name of its own that hides the names in it.
MASKING_HEADS = _words(
    "corridor highway expressway motorway road street avenue lane bridge tunnel railway line route "
    "treaty act law bill accord agreement pact declaration protocol convention resolution charter "
    "war wars battle revolution uprising crisis massacre conference summit talks dialogue process "
    "cup trophy games olympics championship championships tournament marathon open prix derby "
    "festival award awards prize medal project programme program plan initiative scheme fund "
    "hospital hotel airport port harbour harbor station stadium ground museum palace tower plaza "
    "square park garden gardens mosque church cathedral temple shrine fort castle jail prison "
    "barracks cantonment base house school building mall market bazaar river lake sea ocean bay "
    "gulf strait canal dam desert mountains mountain hills range island islands peninsula forest "
    "constitution day week month year week accords papers report review post herald tribune "
    "gazette mail express guardian"
)
# In front of "of", likewise: the Gulf of Oman, the Treaty of Versailles.
MASKING_LEADS = _words(
    "gulf strait bay sea treaty battle siege port lake river mount mountains isle isles cape horn "
    "church cathedral duke duchess earl count order tower merchant merchants"
)
# Organisations of which "of" names a person as often as a country: the Awami League of Mujib.
FOLLOWINGS = _words("party league movement front alliance union congress army")
# In front of "of" or beside a place's name they say what it is: the name is the place's.
PLACE_NOUNS = _words(
    "province state city district division county region town tehsil taluka governorate prefecture "
    "oblast canton municipality republic kingdom government people capital territory emirate "
    "commonwealth village valley provinces districts"
)

# By themselves these name no place, whatever some province is called: West, North-East.
DIRECTIONS = _words(
    "north south east west central northern southern eastern western centre center upper lower "
    "middle capital coast coastal northeast northwest southeast southwest"
)

# --- Saying ------------------------------------------------------------------------------------

SAYING = _words(
    "said says say told tells added adds stated announced confirmed declared explained insisted "
    "argued warned denied reported noted remarked replied tweeted acknowledged admitted urged "
    "vowed wrote asked"
)
LOCATIVE = _words("in at near from to around outside inside across towards toward reached visited")
