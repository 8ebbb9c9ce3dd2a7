// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/lexicon.h"

namespace communique::releases {

Lexicon SpanishLexicon() {
  Lexicon es;
  es.language = "es";
  es.documents = {
      {"comunicado de prensa", v1::RELEASE_KIND_PRESS_RELEASE},
      {"nota de prensa", v1::RELEASE_KIND_PRESS_RELEASE},
      {"comunicado de prensa conjunto", v1::RELEASE_KIND_PRESS_RELEASE},
      {"nota de prensa conjunta", v1::RELEASE_KIND_PRESS_RELEASE},
      {"gacetilla", v1::RELEASE_KIND_PRESS_RELEASE},
      {"gacetilla de prensa", v1::RELEASE_KIND_PRESS_RELEASE},
      {"boletín de prensa", v1::RELEASE_KIND_PRESS_RELEASE},
      {"comunicado", v1::RELEASE_KIND_PRESS_RELEASE},
      {"comunicado conjunto", v1::RELEASE_KIND_JOINT_STATEMENT},
      {"declaración", v1::RELEASE_KIND_STATEMENT},
      {"declaración conjunta", v1::RELEASE_KIND_JOINT_STATEMENT},
      {"aviso a los medios", v1::RELEASE_KIND_MEDIA_ADVISORY},
      {"aviso a medios", v1::RELEASE_KIND_MEDIA_ADVISORY},
      {"convocatoria de prensa", v1::RELEASE_KIND_MEDIA_ADVISORY},
      {"convocatoria de medios", v1::RELEASE_KIND_MEDIA_ADVISORY},
      {"convocatoria", v1::RELEASE_KIND_MEDIA_ADVISORY},
      {"nota informativa", v1::RELEASE_KIND_BRIEFING_NOTE},
      {"discurso", v1::RELEASE_KIND_SPEECH},
      {"palabras", v1::RELEASE_KIND_SPEECH},
  };
  es.release_lines = {"para publicación inmediata", "para difusión inmediata", "difusión inmediata",
                      "publicación inmediata", "para su publicación inmediata"};
  es.embargoes = {"embargado hasta", "embargada hasta", "bajo embargo hasta", "con embargo hasta",
                  "embargo hasta",   "embargo",         "no publicar antes",  "no difundir antes"};
  es.stamps = {"publicado",      "publicado el",         "fecha de publicación", "actualizado",
               "actualizado el", "última actualización", "tiempo de lectura"};
  es.number_signs = {"n.º", "nº", "no.", "núm.", "número", "n°"};
  es.notes = {"nota para editores",   "notas para editores",   "nota para los editores", "notas para los editores",
              "nota a los editores",  "notas a los editores",  "nota a editores",        "notas a editores",
              "notas a la redacción", "nota a la redacción",   "nota para la redacción", "notas para la redacción",
              "nota para los medios", "notas para los medios", "nota para periodistas",  "notas para periodistas",
              "notas al editor",      "nota al editor"};
  es.weak_notes = {"contexto",   "antecedentes", "notas", "información adicional", "información complementaria",
                   "datos clave"};
  es.abouts = {"acerca de", "acerca del", "acerca de la", "sobre", "sobre la", "sobre el", "quiénes somos"};
  es.abouts_alone = {"quiénes somos", "sobre nosotros", "acerca de nosotros"};
  es.contacts = {"contacto de prensa",
                 "contactos de prensa",
                 "contacto para medios",
                 "contacto para la prensa",
                 "contacto para los medios",
                 "contactos para medios",
                 "contacto",
                 "contactos",
                 "contacto de medios",
                 "gabinete de prensa",
                 "oficina de prensa",
                 "para más información",
                 "para mayor información",
                 "más información",
                 "para consultas de prensa",
                 "consultas de prensa",
                 "para solicitudes de prensa",
                 "para entrevistas",
                 "solicitudes de entrevista",
                 "prensa",
                 "atención a medios",
                 "para cualquier consulta",
                 "para solicitar entrevistas",
                 "acreditaciones",
                 "acreditación",
                 "información para medios"};
  es.labels = {
      .phone = {"tel", "tel.", "tel.º", "tfno", "tfno.", "teléfono", "móvil", "celular", "fax", "t", "cel."},
      .email = {"correo electrónico", "correo", "correo-e", "e-mail", "email", "mail"},
      .web = {"web", "sitio web", "página web", "internet", "www", "twitter", "x"},
      .purpose = {"prensa", "medios", "fuera de horario", "fines de semana", "urgencias", "inscripción",
                  "inscripciones", "entrevistas", "fotografías", "fotos"},
  };
  es.ends = {"fin", "fin del comunicado", "fin de la nota", "final"};
  es.mores = {"sigue", "continúa", "más"};
  es.navigation = {"inicio",
                   "menú",
                   "buscar",
                   "búsqueda",
                   "saltar al contenido",
                   "ir al contenido",
                   "ir al contenido principal",
                   "pasar al contenido principal",
                   "iniciar sesión",
                   "acceder",
                   "suscríbase",
                   "suscríbete",
                   "boletín",
                   "contáctenos",
                   "contacto",
                   "quiénes somos",
                   "qué hacemos",
                   "nuestro trabajo",
                   "dónde trabajamos",
                   "donar",
                   "done ahora",
                   "haz un donativo",
                   "noticias",
                   "actualidad",
                   "sala de prensa",
                   "notas de prensa",
                   "comunicados de prensa",
                   "publicaciones",
                   "recursos",
                   "empleo",
                   "trabaja con nosotros",
                   "aviso legal",
                   "política de privacidad",
                   "privacidad",
                   "política de cookies",
                   "cookies",
                   "aceptar todas",
                   "aceptar todo",
                   "accesibilidad",
                   "mapa del sitio",
                   "mapa web",
                   "compartir",
                   "compartir esta página",
                   "imprimir",
                   "descargar",
                   "descargar pdf",
                   "volver arriba",
                   "volver",
                   "síguenos",
                   "síganos",
                   "facebook",
                   "instagram",
                   "linkedin",
                   "youtube",
                   "español",
                   "english",
                   "idioma",
                   "todos los derechos reservados",
                   "eventos",
                   "participa",
                   "datos e investigación"};
  es.page_ends = {"noticias relacionadas",
                  "artículos relacionados",
                  "más noticias",
                  "últimas noticias",
                  "otras noticias",
                  "contenido relacionado",
                  "también te puede interesar",
                  "le puede interesar",
                  "ver también",
                  "comparte esta noticia",
                  "compartir esta página",
                  "otros comunicados",
                  "lea también",
                  "lee también"};
  es.advisory = {{"qué", "asunto", "evento", "acto"},
                 {"quién", "quiénes", "intervienen", "participan"},
                 {"cuándo", "fecha", "fecha y hora", "día", "hora"},
                 {"dónde", "lugar", "sede"}};
  es.speech_verbs = {"dijo",         "afirmó",       "afirma",       "señaló",       "señala",      "declaró",
                     "declara",      "explicó",      "explica",      "añadió",       "añade",       "aseguró",
                     "asegura",      "subrayó",      "subraya",      "destacó",      "destaca",     "indicó",
                     "indica",       "manifestó",    "manifiesta",   "comentó",      "comenta",     "advirtió",
                     "advierte",     "según",        "concluyó",     "concluye",     "agregó",      "agrega",
                     "recordó",      "recuerda",     "expresó",      "expresa",      "sostuvo",     "apuntó",
                     "puntualizó",   "insistió",     "anunció",      "celebró",      "agradeció",   "ha dicho",
                     "ha señalado",  "ha explicado", "ha afirmado",  "ha destacado", "resaltó",     "contó",
                     "cuenta",       "relató",       "respondió",    "reconoció",    "admitió",     "resumió",
                     "aclaró",       "confesó",      "lamentó",      "pidió",        "recalcó",     "detalló",
                     "ha declarado", "ha añadido",   "ha asegurado", "ha subrayado", "ha recordado"};
  es.roles = {"director",      "directora",     "presidente",     "presidenta",     "ministro",     "ministra",
              "secretario",    "secretaria",    "portavoz",       "responsable",    "jefe",         "jefa",
              "embajador",     "embajadora",    "representante",  "comisario",      "comisaria",    "comisionado",
              "comisionada",   "alcalde",       "alcaldesa",      "coordinador",    "coordinadora", "fundador",
              "fundadora",     "profesor",      "profesora",      "delegado",       "delegada",     "vocero",
              "vocera",        "consejero",     "consejera",      "asesor",         "asesora",      "experto",
              "experta",       "miembro",       "vicepresidente", "vicepresidenta", "gobernador",   "gobernadora",
              "senador",       "senadora",      "diputado",       "diputada",       "investigador", "investigadora",
              "general",       "gerente",       "autor",          "autora",         "médico",       "médica",
              "economista",    "relator",       "relatora",       "rector",         "rectora",      "canciller",
              "subdirector",   "subdirectora",  "bióloga",        "biólogo",        "ingeniero",    "ingeniera",
              "historiador",   "historiadora",  "arquitecto",     "arquitecta",     "archivera",    "archivero",
              "bibliotecaria", "bibliotecario", "enfermera",      "enfermero",      "maestra",      "maestro",
              "abogada",       "abogado",       "capataz",        "geóloga",        "geólogo"};
  es.organizations = {"organización", "ministerio",   "misión",     "fundación",     "agencia",  "fondo",
                      "universidad",  "consejo",      "instituto",  "asociación",    "red",      "oficina",
                      "comité",       "comisión",     "federación", "unión",         "sociedad", "alianza",
                      "grupo",        "banco",        "programa",   "centro",        "hospital", "museo",
                      "escuela",      "embajada",     "secretaría", "colectivo",     "servicio", "dirección",
                      "ayuntamiento", "gobierno",     "ayuda",      "internacional", "naciones", "prensa",
                      "gabinete",     "comunicación", "medios",     "cruz",          "ciudad",   "municipio",
                      "provincia",    "diputación",   "unidad"};
  es.honorifics = {"sr.",  "sra.", "sr",   "sra",   "dr.",  "dra.",   "dr",     "dra",  "d.",
                   "dña.", "don",  "doña", "prof.", "s.e.", "excmo.", "excma.", "lic.", "ing."};
  es.name_particles = {"de", "del", "la", "las", "los", "y", "van", "von", "da", "di"};
  es.pronouns = {"él", "ella", "ellos", "ellas"};
  es.function_words = {"el",   "la",   "los",   "las",     "un",    "una",   "de",   "del",   "al",      "a",
                       "en",   "por",  "para",  "con",     "y",     "e",     "o",    "pero",  "que",     "quien",
                       "cuyo", "es",   "son",   "ha",      "han",   "fue",   "su",   "sus",   "nuestro", "nuestra",
                       "este", "esta", "estos", "estas",   "según", "tras",  "ante", "sobre", "sin",     "se",
                       "como", "hoy",  "ayer",  "durante", "desde", "hasta", "entre"};
  es.conjunctions = {"y", "e"};
  es.office_joints = {"de", "del", "de la", "de los", "de las", "en", "para", "ante"};
  es.link_promises = {"disponible en línea",
                      "disponibles en línea",
                      "disponible aquí",
                      "disponibles aquí",
                      "haga clic aquí",
                      "haz clic aquí",
                      "en este enlace",
                      "en el siguiente enlace",
                      "a través de este enlace",
                      "puede descargarse aquí",
                      "pueden descargarse aquí",
                      "descargar aquí",
                      "en nuestra página web",
                      "en nuestro sitio web",
                      "en nuestra web",
                      "puede consultarse aquí",
                      "pueden consultarse en línea",
                      "puede consultarse en línea",
                      "inscripción aquí"};
  es.articles_behind_name = {"un", "una"};
  es.articles_before_office = {"el", "la"};
  es.bare_appositions = true;
  es.clock_words = {"h", "horas", "hora local", "hora peninsular", "mediodía", "medianoche"};
  return es;
}

}  // namespace communique::releases
