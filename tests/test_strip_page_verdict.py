"""Which pages are rejected as no article, with which reason, and which short or unusual articles are kept."""

from __future__ import annotations

import textwrap

import pytest

from benchmarks.consent import read_dialogues
from tasks.strip import strip_html, strip_text
from tasks.strip.page_features import paragraphs_of
from warehouse.rows import Page

HEAD = (
    "Aller au contenu principal", "Menu", "Accueil", "Politique", "Sports", "Culture", "Vidéos", "Se connecter",
    "S’abonner", "Rechercher",
)  # fmt: skip
TAIL = (
    "Partager", "Facebook", "Les plus lus", "Météo : retour des orages ce week-end", "Un chalutier s’échoue sans faire de blessé",
    "Mentions légales", "Politique de confidentialité", "© 2025 Le Fil du Val. Tous droits réservés.",
)  # fmt: skip
BYLINE = ("Par Anouk Delmas", "Publié le 20 mai 2025 à 09h12")
LEDES = (
    ("Le marché couvert fermera deux mois cet été", "Les halles de Corbières seront désamiantées entre juillet et septembre. Les étals déménageront sur le parvis de la gare, promet la mairie."),
    ("Football : Valmont renverse Tressange", "Menés à la pause, les Valmontais ont marqué trois fois en vingt minutes. Ils rejoindront Saint-Alban en demi-finale, le 4 juin."),
    ("Un couple de cigognes s’installe au clocher", "L’association ornithologique compte désormais neuf nids dans la vallée. Une caméra diffusera l’éclosion en direct."),
    ("La rentrée des lycées avancée d’un jour", "Le rectorat invoque des travaux de chauffage. Les syndicats d’enseignants dénoncent une annonce tardive et réclament une audience."),
    ("Incendie maîtrisé dans une scierie de Brenac", "Quarante pompiers ont été mobilisés toute la nuit. La cause du sinistre reste inconnue, aucune victime n’est à déplorer."),
    ("Trois romans à emporter en vacances", "Une saga portuaire, un polar alpin et un récit de deuil : notre sélection ne se ressemble guère. La libraire Inès Carpentier raconte ses coups de cœur."),
    ("Pourquoi les cerises seront chères", "Le gel d’avril a détruit deux vergers sur cinq. Les producteurs espèrent sauver la variété tardive grâce au beau temps."),
    ("Le théâtre Montansier dévoile sa saison", "Quatorze spectacles, dont deux créations, composent le programme. La billetterie ouvre samedi à dix heures, au guichet seulement."),
    ("Un radar pédagogique volé à Fresnoy", "L’appareil, posé mardi, avait disparu mercredi matin. La gendarmerie cherche des témoins et le maire parle d’un geste stupide."),
    ("Tennis : Zoé Lambrecht en quart", "La Messine de dix-sept ans a écarté la tête de série numéro deux. Elle affrontera une Polonaise jeudi sur le court central."),
    ("Qui veut reprendre l’épicerie de Lourmes ?", "Le bail est offert la première année et le logement refait à neuf. Onze familles ont déjà visité le village, dont trois étrangères."),
    ("Ligne 7 : des retards jusqu’à vendredi", "Un caténaire arraché ralentit tous les trains vers Montreval. Des autocars partiront de la place Carnot chaque demi-heure."),
)  # fmt: skip
ABOUT_COOKIES = (
    "L’autorité de protection des données a infligé mardi une amende de 40 millions d’euros à une régie publicitaire qui déposait des cookies avant tout consentement. "
    "Trois associations de consommateurs l’avaient saisie à l’automne.",
    "Les enquêteurs ont relevé que les traceurs étaient installés dès l’ouverture des sites, et que refuser les cookies demandait cinq clics quand un seul suffisait pour accepter. "
    "La régie assure avoir corrigé son bandeau depuis.",
    "L’amende, la plus lourde de l’année dans ce domaine, peut être contestée pendant deux mois devant le Conseil d’État. L’avocate de la régie, Maud Ferrand, a annoncé un recours.",
)
ABOUT_404 = (
    "Le portail des impôts du canton a affiché « page introuvable » pendant six heures lundi, jour d’ouverture des déclarations. "
    "L’erreur 404 venait d’une adresse mal recopiée lors de la mise à jour de la nuit.",
    "Près de 9 000 contribuables ont appelé le standard, selon la direction des finances. Le délai de dépôt est prolongé d’une semaine, a indiqué la conseillère d’État Lise Aubert.",
)
WITH_VIDEO = (
    "Le funiculaire des Rochers a repris son service samedi après onze mois d’arrêt. Les premiers voyageurs ont attendu jusqu’à une heure sous la pluie pour monter dans les cabines repeintes.",
    "Lire la vidéo", "Durée : 02:13", "Plein écran",
    "La régie a remplacé le câble, les freins et les deux moteurs, pour 6,4 millions d’euros. Le câble précédent datait de 1987, et son usure avait été découverte lors d’un contrôle.",
    "Les abonnés de la ligne seront remboursés de six mois, a promis la présidente de la régie, Odile Marchetti. Les cabines circuleront désormais jusqu’à minuit le vendredi.",
)  # fmt: skip
BRIEF = (
    "Un homme de 34 ans a été secouru dimanche soir au large de Port-Aubry, après avoir dérivé quatre heures sur une planche à voile. "
    "Un pêcheur avait aperçu sa voile depuis la jetée. Souffrant d’hypothermie, il a été conduit à l’hôpital, où ses jours ne sont pas en danger.",
)
BRIEF_TITLE = "Port-Aubry : un véliplanchiste secouru après quatre heures de dérive"


def page(*lines: str, title: str | None = None, byline: tuple[str, ...] = (), gap: str = "\n\n") -> str:
    return gap.join((*HEAD, *([title] if title else ()), *byline, *lines, *TAIL)) + "\n"


def is_article(stripped: Page, *body: str) -> bool:
    return stripped.reason is None and all(paragraph in stripped.text for paragraph in body)


def broken_off(lede: str) -> str:
    return " ".join(lede.split()[:14]) + "…"


NOT_FOUND_LINES = (
    "Oups, cette page n’existe plus.",
    "L’adresse que vous avez saisie est peut-être ancienne, ou la page que vous cherchez a changé de rubrique. Nous vous invitons à utiliser notre moteur de recherche ou à revenir à l’accueil.",
)
GERMAN_TEASERS = (
    "Der Stadtrat von Lindbach streicht die Zuschüsse für drei Sportvereine und erntet heftigen Protest …",
    "Nach dem Hagelschlag rechnen Winzer an der Saal mit Verlusten von einem Drittel der Ernte …",
    "Ein Lehrling findet in einem Dachstuhl Briefe aus dem Jahr 1848, nun forscht das Museum nach …",
    "Die Fähre nach Norderholm fällt bis Sonntag aus, Pendler weichen auf den Bus aus …",
    "Der Trainer des Zweitligisten muss nach nur vier Spielen gehen, ein Nachfolger steht bereit …",
    "Warum die Heidelbeeren dieses Jahr früher reifen und was das für die Preise bedeutet …",
)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (page("Erreur 404", "Page introuvable", "La page demandée n’existe pas ou plus."), "error_page"),
        (page(*NOT_FOUND_LINES), "error_page"),
        ("Home\nNews\nSearch\n404\nSorry, the page you are looking for does not exist.\nYou can go back to our homepage or use the search above.\nContact us\n", "error_page"),
        ("Nous utilisons des cookies\nNous et nos partenaires utilisons des traceurs pour mesurer l’audience de nos contenus.\nTout accepter\nTout refuser\nGérer mes choix\nPolitique de confidentialité\n", "consent_wall"),
        ("Le respect de votre vie privée est notre priorité\n\nAvec votre accord, nos partenaires et nous utilisons des cookies ou des technologies similaires pour stocker et consulter des données personnelles comme votre visite sur ce site. "
         "Vous pouvez retirer votre consentement ou refuser les cookies à tout moment en cliquant sur « Paramétrer les cookies ».\n\nAccepter et continuer\n\nContinuer sans accepter\n", "consent_wall"),
        ("Vos choix sur ce site\n\nSoucieux de vos données, nous vous informons que des cookies et des traceurs sont déposés sur ce site par nous et nos partenaires, pour mesurer son audience et vous proposer des contenus adaptés à vos centres d’intérêt.\n\n"
         "Votre consentement aux cookies est conservé six mois. Vous pouvez changer d’avis à tout moment depuis le gestionnaire de cookies, en bas de chaque page, ou consulter la liste de nos partenaires.\n\nTout accepter\n\nPersonnaliser\n", "consent_wall"),
        ("Le Fil du Val\nVotre vie privée nous importe\nAvec nos 612 partenaires, nous utilisons des cookies pour mesurer l’audience et personnaliser les annonces. Ces données personnelles peuvent comprendre votre adresse IP.\n"
         "Vous pouvez accepter ou refuser ces traitements et modifier vos choix à tout moment en cliquant sur le lien « Gestion des cookies » présent en bas de chaque page.\nTout accepter\nContinuer sans accepter\nParamétrer mes choix\n", "consent_wall"),
        ("We value your privacy\n\nWe and our partners use cookies and similar technologies to store and access personal data on your device. You can accept cookies or manage your consent preferences at any time in our privacy policy.\n\nAccept all\n\nReject all\n", "consent_wall"),
        (page("Lire la vidéo", "02:13", "Plein écran", "Les cabines du funiculaire sont de retour.", title="VIDÉO. Le funiculaire des Rochers repart"), "video_stub"),
        (page("Revoir", "Durée : 26:40", "Lecture automatique", "Le journal de la mi-journée, présenté par Gaëlle Ansart.", title="Le 12/13 du mardi 20 mai"), "video_stub"),
        ("Home\nNews\nLive\nThe cable cars are back in Rochers\nPlay video\n1:48\nUnmute\nWatch the first riders board.\nUp next\nShare\nTerms of use\nContact\n", "video_stub"),
        (page(*(title for title, _ in LEDES)), "not_an_article"),
        (page(*(line for title, lede in LEDES for line in (title, broken_off(lede), "Lire la suite"))), "not_an_article"),
        (page(*(line for title, lede in LEDES for line in (title, lede))), "not_an_article"),
        ("\n\n".join(("Startseite", "Politik", "Sport", "Anmelden", *GERMAN_TEASERS, "Impressum", "Datenschutz")), "not_an_article"),
        ("", "too_short"),
        ("Le marché est annulé.\n", "too_short"),
    ],
)  # fmt: skip
def test_pages_that_are_no_article_have_a_reason_and_keep_their_lines(raw: str, reason: str) -> None:
    stripped = strip_text(raw)
    assert stripped.reason == reason
    assert stripped.detail and stripped.detail.endswith(".")
    assert "".join(line.line for line in stripped.lines) == raw


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Cookies : une régie publicitaire condamnée à 40 millions d’euros", ABOUT_COOKIES),
        ("Impôts : le portail affiche « page introuvable » pendant six heures", ABOUT_404),
        ("Le funiculaire des Rochers repart après onze mois d’arrêt", WITH_VIDEO),
        (BRIEF_TITLE, BRIEF),
    ],
)
def test_articles_about_such_pages_and_briefs_are_kept(title: str, body: tuple[str, ...]) -> None:
    stripped = strip_text(page(*body, title=title, byline=BYLINE))
    assert is_article(stripped, *(paragraph for paragraph in body if len(paragraph) > 60))
    assert not stripped.is_truncated


def test_a_brief_is_kept_from_markup_and_without_its_byline() -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BRIEF)
    html = f"<html><head><title>{BRIEF_TITLE}</title></head><body><nav>Accueil Sports</nav><article><h1>{BRIEF_TITLE}</h1>{paragraphs}</article><footer>Mentions légales</footer></body></html>"
    assert is_article(strip_html(html), *BRIEF)
    assert is_article(strip_text(page(*BRIEF, title=BRIEF_TITLE)), *BRIEF)


def test_an_article_in_a_script_without_spaces_is_not_too_short() -> None:
    body = (
        "港町の市場が七月から二か月間、改修のために閉まることになった。市によると、屋根の梁に傷みが見つかり、夏の台風が来る前に直す必要があるという。",
        "市場の店は駅前の広場に移り、改修が終わるまで営業を続ける。魚屋の女性は「広場は日当たりが強く、氷が足りるか心配だ」と話した。",
        "改修の費用は約三億円で、市と県が半分ずつ負担する。市場は昭和三十年に建てられ、台風のたびに屋根の修理を重ねてきた。",
    )
    stripped = strip_text("\n\n".join(("港町の市場、夏の間閉鎖へ", "2025年5月20日 9時12分", *body)))
    assert stripped.reason is None


def test_comments_for_subscribers_do_not_make_an_article_truncated() -> None:
    closed = "L’espace des contributions est réservé aux abonnés."
    stripped = strip_text(page(*ABOUT_COOKIES, closed, title="Cookies : une régie condamnée", byline=BYLINE))
    assert stripped.reason is None
    assert not stripped.is_truncated
    cut = strip_text(page(*ABOUT_COOKIES, "La suite est réservée aux abonnés.", title="Cookies : une régie condamnée"))
    assert cut.is_truncated


def test_the_pieces_of_a_long_line_count_as_one_paragraph() -> None:
    """A long physical line stands in several rows; what each of its sentences is about differs, as teasers do."""
    raw = page(
        " ".join((*ABOUT_404, *WITH_VIDEO[:1], *WITH_VIDEO[4:], *ABOUT_COOKIES)), title=BRIEF_TITLE, byline=BYLINE
    )
    stripped = strip_text(raw)
    kept = [line for line in stripped.lines if line.is_kept]
    assert len(kept) > 5
    assert len(paragraphs_of(kept, stripped.text)) == 1


def test_lines_that_carry_on_a_sentence_count_as_one_paragraph() -> None:
    """A text browser wraps a paragraph in lines, none of which ends as a sentence or is long."""
    body = [textwrap.fill(paragraph, 56) for paragraph in (WITH_VIDEO[0], *WITH_VIDEO[4:])]
    stripped = strip_text(page(*body, title="Le funiculaire des Rochers repart", byline=BYLINE))
    assert stripped.reason is None
    assert len(paragraphs_of([line for line in stripped.lines if line.is_kept], stripped.text)) == len(body)


ADVICE = (
    "Vous roulez cinq ou vingt kilomètres par jour ? Votre choix en dépend. Pour vos trajets courts, un moteur dans la roue vous suffit, et vous économiserez 400 euros.",
    "Essayez toujours votre vélo avant de l’acheter. Vos genoux doivent rester légèrement pliés, et vous devez toucher le sol du bout des pieds.",
    "Pensez à votre batterie : rangez-la au sec, et ne la laissez jamais vide plus d’une semaine. Vous la garderez ainsi huit ans au lieu de cinq.",
)
OPINION = (
    "We signed, we marched, we waited. Our hospital is still losing its beds, and our children will be born fifty miles from our homes.",
    "They tell us about efficiency. We tell them that our lives do not fit into their tables, and that our roads are closed eleven days each winter.",
    "We ask the minister to come. Let him drive our road at night, in our snow, and then explain our needs to us.",
)
THEY = (
    "Sie sind 24, 27 und 31 Jahre alt, und sie haben die Mühle ihres Großvaters gekauft. Ihre Eltern hielten sie für verrückt, ihre Freunde auch.",
    "Sie mahlen seit März wieder, vier Tonnen die Woche. Ihr Mehl liefern sie an elf Bäcker im Tal, und sie verkaufen es ihren Nachbarn am Hoftor.",
)
HIS = (
    "Su abogado había presentado su recurso en febrero. El juez lo rechazó ayer en su despacho y confirmó su condena de dos años por la venta de su parcela.",
    "Su familia esperaba su salida antes del verano. Su madre dijo a este diario que su hijo mantiene su inocencia y su confianza en su defensa.",
)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Comment bien choisir votre vélo électrique", ADVICE),
        ("We deserve better from our council", OPINION),
        ("Drei Schwestern übernehmen die Mühle", THEY),
        ("El juez rechaza su recurso", HIS),
    ],
)
def test_an_article_full_of_you_we_or_their_is_kept(title: str, body: tuple[str, ...]) -> None:
    assert is_article(strip_text(page(*body, title=title)), *body)
    assert is_article(strip_text("\n\n".join(body)), *body)


SCROLLED = (
    (
        "Le tribunal suspend le permis de l’entrepôt de Sérignol",
        "Le juge des référés du tribunal administratif a suspendu jeudi le permis de construire de l’entrepôt logistique de Sérignol, un bâtiment de quatre hectares contesté par trois associations de riverains.",
        "L’ordonnance retient un doute sérieux sur l’étude d’impact, qui ne disait rien des zones humides situées au sud du terrain.",
        "La société Transvalor a quinze jours pour se pourvoir devant le Conseil d’État. Elle n’a pas souhaité réagir.",
    ),
    (
        "Un lynx photographié pour la première fois dans la forêt de Malbrune",
        "Un piège photographique installé au début de l’hiver a saisi le passage d’un lynx adulte dans la forêt de Malbrune, où l’espèce n’avait plus été signalée depuis un siècle et demi.",
        "Les gardes forestiers ont attendu trois semaines avant de rendre l’image publique, le temps d’écarter la thèse d’un animal échappé d’un parc.",
        "« C’est un mâle en bonne santé, sans collier ni marque », se félicite la naturaliste Agnès Tourville, qui réclame la suspension des battues dans le massif.",
    ),
    (
        "Cantines : le bio recule dans les collèges du Haut-Vernois",
        "La part des produits biologiques servis dans les collèges du Haut-Vernois est tombée de vingt-six à dix-neuf pour cent en deux ans, selon le bilan présenté par le département.",
        "L’opposition propose de créer un groupement d’achat avec les communes, sur le modèle du département voisin.",
    ),
)  # fmt: skip


def test_an_article_with_two_others_below_it_is_no_index() -> None:
    articles = [
        "".join(
            (f"<article><h1>{title}</h1><p>Par Agathe Rouvray</p>", *(f"<p>{line}</p>" for line in lines), "</article>")
        )
        for title, *lines in SCROLLED
    ]
    html = f"<html><body><nav>Accueil</nav><main>{''.join(articles)}</main></body></html>"
    assert is_article(strip_html(html), *SCROLLED[0][1:])
    lines = [line for title, *lines in SCROLLED for line in (title, "Par Fabien Colas", *lines)]
    assert is_article(strip_text(page(*lines)), *SCROLLED[0][1:])


@pytest.mark.parametrize(
    "raw",
    [
        page(*NOT_FOUND_LINES),
        page(*(title for title, _ in LEDES)),
        page(*(line for title, lede in LEDES for line in (title, broken_off(lede), "Lire la suite"))),
    ],
)
def test_a_consent_dialogue_does_not_change_the_reason(raw: str) -> None:
    reason = strip_text(raw).reason
    assert reason in ("error_page", "not_an_article")
    for name, dialogue in read_dialogues()["fr"].items():
        assert strip_text(f"{dialogue}\n\n{raw}").reason == reason, name
        assert strip_text(f"{raw}\n\n{dialogue}").reason == reason, name


def test_an_article_in_a_language_without_a_lexicon_is_kept() -> None:
    body = (
        "أعلنت بلدية الميناء الجديد يوم الثلاثاء أن العبارة ستعود إلى العمل بعد توقف دام أحد عشر شهرا بسبب عطل في المحرك، وقال رئيس البلدية إن مئتي سيارة عبرت الخليج قبل الظهر.",
        "واستبدلت الشركة المحركين وهيكل السفينة القديم الذي يعود إلى عام 1987، وبلغت كلفة الأشغال ستة ملايين دولار دفعت الحكومة نصفها.",
        "وقال صياد يسكن في القرية المقابلة إن العبارة هي الطريق الوحيد إلى السوق، وإن أهل القرية انتظروا عودتها طويلا قبل بداية الموسم.",
        "وستعمل العبارة كل نصف ساعة من السادسة صباحا حتى منتصف الليل، على أن يعلن عن أسعار التذاكر الجديدة في الأسبوع المقبل.",
    )
    head = ("الرئيسية", "أخبار", "رياضة", "ثقافة", "عودة عبارة الميناء الجديد إلى العمل", "2025-05-20")
    for count in (1, 2, 6):
        assert is_article(strip_text("\n\n".join((*head[:4] * count, *head[4:], *body, "اتصل بنا"))), *body)


def test_a_page_declared_as_article_in_its_head_is_kept_on_weaker_evidence() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for _, *lines in SCROLLED for line in lines[:2])
    html = "<html><head>{}<title>Le Fil du Val</title></head><body><nav>Accueil</nav><main>{}</main></body></html>"
    assert strip_html(html.format("", paragraphs)).reason == "not_an_article"
    assert strip_html(html.format('<meta property="og:type" content="website">', paragraphs)).reason == "not_an_article"
    assert strip_html(html.format('<meta property="og:type" content="article">', paragraphs)).reason is None
    headlines = "".join(f"<p>{title}</p>" for title, _ in LEDES)
    assert strip_html(html.format('<meta property="og:type" content="article">', headlines)).reason is not None
