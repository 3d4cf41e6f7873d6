#include "app/notice.h"

#include <stdio.h>

#include "base/calendar.h"
#include "model/podium.h"
#include "model/privacy.h"
#include "model/spoken.h"

enum phrase {
    P_TITLE,
    P_COLON,
    P_CONTROLLER,
    P_FILL_IN_CONTROLLER,
    P_SHOWN,
    P_GROUPS_ONLY,
    P_SOURCES,
    P_PURPOSE,
    P_PURPOSE_TEXT,
    P_PEOPLE,
    P_PEOPLE_OFF,
    P_PEOPLE_OPT_IN,
    P_RANKED_WHO,
    P_RANKED_WHAT,
    P_RANKED_SCORE,
    P_RANKED_KEPT,
    P_RANKED_AGREED,
    P_KEPT,
    P_KEPT_TEXT,
    P_RIGHTS,
    P_RIGHTS_TEXT,
    P_CONTACT,
    P_FILL_IN_CONTACT,
    P_FOOTER,
    P_COUNT
};

static const char *const PHRASES[LANGUAGE_COUNT][P_COUNT] = {
    [LANGUAGE_FR] =
        {[P_TITLE] = "Information sur l’affichage",
         [P_COLON] = "\u00a0: ",
         [P_CONTROLLER] = "Responsable du traitement",
         [P_FILL_IN_CONTROLLER] = "[à compléter\u00a0: privacy.controller dans le tableau]",
         [P_SHOWN] = "Ce qui est affiché",
         [P_GROUPS_ONLY] = "de groupes de 5 personnes au moins",
         [P_SOURCES] = "D’où viennent les chiffres",
         [P_PURPOSE] = "À quoi ils servent",
         [P_PURPOSE_TEXT] =
             "Piloter l’activité du service en équipe\u00a0: répondre aux clients à temps, répartir "
             "la charge, améliorer la qualité.",
         [P_PEOPLE] = "Personnes",
         [P_PEOPLE_OFF] =
             "Aucun chiffre ne porte sur une seule personne\u00a0; ce qu’une source en enverrait est "
             "écarté dès sa réception.",
         [P_PEOPLE_OPT_IN] =
             "Un classement sous pseudonyme est possible, avec les seules personnes qui l’ont "
             "demandé\u00a0; elles en sortent à tout moment, sans motif ni trace.",
         [P_RANKED_WHO] =
             "Classement d’agents volontaires\u00a0: seules y figurent les personnes qui l’ont demandé, sous "
             "le pseudonyme qu’elles ont choisi\u00a0; elles en sortent à tout moment, sans motif ni trace. "
             "Ce "
             "qu’une source enverrait des autres est écarté dès sa réception.",
         [P_RANKED_WHAT] = "Affiché\u00a0: les trois premières places de la semaine passée, sans aucun "
                           "chiffre, à partir de "
                           "8 participants ayant chacun 30 contacts.",
         [P_RANKED_SCORE] = "Calculé sur",
         [P_RANKED_KEPT] =
             "Conservé\u00a0: en mémoire seulement\u00a0; les chiffres jusqu’à la fin de leur semaine, puis "
             "l’ordre pendant 7 jours. Rien sur disque, ni journal, ni export.",
         [P_RANKED_AGREED] = "CSE consulté le {}, personnel informé le {}, analyse d’impact {}, responsable "
                             "{}, fin le {}.",
         [P_KEPT] = "Durée de conservation",
         [P_KEPT_TEXT] = "En mémoire, un jour au plus. Sur l’appareil, les chiffres des groupes affichés, "
                         "par intervalles "
                         "de temps, pendant {} jours\u00a0; ils sont ensuite effacés.",
         [P_RIGHTS] = "Vos droits",
         [P_RIGHTS_TEXT] = "Vous pouvez demander ce qui est traité, le faire rectifier, et vous y opposer "
                           "(articles 15 à 21 du RGPD)\u00a0; à défaut de réponse, saisir la CNIL.",
         [P_CONTACT] = "À qui s’adresser",
         [P_FILL_IN_CONTACT] = "[à compléter\u00a0: privacy.contact dans le tableau]",
         [P_FOOTER] = "Données collectives de pilotage, non destinées à l’évaluation individuelle."},
    [LANGUAGE_EN] =
        {[P_TITLE] = "About this display",
         [P_COLON] = ": ",
         [P_CONTROLLER] = "Controller",
         [P_FILL_IN_CONTROLLER] = "[to be filled in: privacy.controller of the board]",
         [P_SHOWN] = "What is shown",
         [P_GROUPS_ONLY] = "of groups of at least 5 people",
         [P_SOURCES] = "Where the figures come from",
         [P_PURPOSE] = "What they are for",
         [P_PURPOSE_TEXT] = "Running the service as a team: answering customers in time, sharing the load, "
                            "improving quality.",
         [P_PEOPLE] = "People",
         [P_PEOPLE_OFF] = "No figure is about a single person; what a source might send of one is dropped on "
                          "arrival.",
         [P_PEOPLE_OPT_IN] = "A ranking under pseudonyms is possible, of those alone who asked for it; they "
                             "leave it at any time, without a reason or a trace.",
         [P_RANKED_WHO] =
             "Ranking of agents who volunteered: those alone who asked for it, under the pseudonym they "
             "chose; "
             "they leave it at any time, without a reason or a trace. What a source might send of others is "
             "dropped on arrival.",
         [P_RANKED_WHAT] = "Shown: the first three places of last week, without any figure, from 8 "
                           "participants with 30 contacts each on.",
         [P_RANKED_SCORE] = "Made of",
         [P_RANKED_KEPT] = "Kept: in memory only; the figures until their week is over, then the order for 7 "
                           "days. Nothing on disk, no log, no export.",
         [P_RANKED_AGREED] = "Works council consulted on {}, staff informed on {}, impact assessment {}, "
                             "responsible {}, ends on {}.",
         [P_KEPT] = "How long they are kept",
         [P_KEPT_TEXT] = "In memory, for a day at most. On the device, the figures of the groups shown, by "
                         "intervals of time, for {} days; then they are erased.",
         [P_RIGHTS] = "Your rights",
         [P_RIGHTS_TEXT] =
             "You may ask what is processed, have it put right, and object to it (articles 15 to 21 "
             "of the GDPR); without an answer, turn to the supervisory authority.",
         [P_CONTACT] = "Whom to ask",
         [P_FILL_IN_CONTACT] = "[to be filled in: privacy.contact of the board]",
         [P_FOOTER] = "Collective figures for steering, not intended for the evaluation of individuals."},
};

struct writer {
    struct text *out;
    const struct config *config;
    enum language language;
};

static const char *phrase(const struct writer *writer, enum phrase which)
{
    return PHRASES[writer->language][which];
}

static void write_section(const struct writer *writer, enum phrase title, const char *words)
{
    text_append_format(writer->out, "\n%s\n", phrase(writer, title));
    if (words)
        text_append_format(writer->out, "  %s\n", words);
}

/* "Niveau de service (QS), 30 min, Ventes" */
static void write_tile(const struct writer *writer, const struct tile_settings *tile)
{
    const struct kpi *kpi = tile->kpi;
    const char *label = tile->label ? tile->label : kpi->label[writer->language][LABEL_LONG];
    enum period period = tile->has_period ? tile->period : kpi->default_period;
    text_append_format(writer->out, "    - %s, %s", label, spoken_period(period, writer->language));
    for (int dim = 0; dim < DIM_COUNT; dim++)
        if (tile->where.value[dim])
            text_append_format(writer->out, ", %s", tile->where.value[dim]);
    if (privacy_kpi_is_about_people(kpi))
        text_append_format(writer->out, " (%s)", phrase(writer, P_GROUPS_ONLY));
    text_append(writer->out, "\n");
}

static void write_shown(const struct writer *writer)
{
    const struct board_settings *board = &writer->config->board;
    write_section(writer, P_SHOWN, NULL);
    for (size_t i = 0; i < board->page_count; i++) {
        text_append_format(writer->out, "  %s\n", board->pages[i].title);
        for (size_t j = 0; j < board->pages[i].tile_count; j++)
            write_tile(writer, &board->pages[i].tiles[j]);
    }
}

/* Names alone: an address may hold what is nobody's business. */
static void write_sources(const struct writer *writer)
{
    const struct board_settings *board = &writer->config->board;
    write_section(writer, P_SOURCES, NULL);
    for (size_t i = 0; i < board->source_count; i++)
        text_append_format(writer->out, "  - %s\n", board->source_names[i]);
}

/* ---- the ranking of agents, where there is one ---- */

static const char *date_of(char *room, size_t size, int64_t wall_ms)
{
    struct calendar_time day;
    calendar_local(wall_ms, &day);
    snprintf(room, size, "%04d-%02d-%02d", day.year, day.month, day.day);
    return room;
}

static void write_score(const struct writer *writer, const struct podium_settings *podium)
{
    text_append_format(writer->out, "  %s%s", phrase(writer, P_RANKED_SCORE), phrase(writer, P_COLON));
    for (size_t i = 0; i < podium->kpi_count; i++)
        text_append_format(writer->out, "%s%s", i ? ", " : "",
                           podium->kpis[i]->label[writer->language][LABEL_LONG]);
    text_append(writer->out, ".\n");
}

static void write_agreement(const struct writer *writer, const struct privacy_agreement *agreement)
{
    char consulted[16], informed[16], ends[16];
    const char *words[] = {date_of(consulted, sizeof consulted, agreement->council_consulted_wall_ms),
                           date_of(informed, sizeof informed, agreement->staff_informed_wall_ms),
                           agreement->dpia_reference, agreement->responsible_role,
                           date_of(ends, sizeof ends, agreement->expires_wall_ms)};
    text_append(writer->out, "  ");
    text_append_filled(writer->out, phrase(writer, P_RANKED_AGREED), words, sizeof words / sizeof *words);
    text_append(writer->out, "\n");
}

static void write_people(const struct writer *writer)
{
    const struct podium_settings *podium = writer->config->board.podium;
    if (!podium) {
        write_section(writer, P_PEOPLE,
                      phrase(writer, writer->config->privacy.opt_in ? P_PEOPLE_OPT_IN : P_PEOPLE_OFF));
        return;
    }
    write_section(writer, P_PEOPLE, phrase(writer, P_RANKED_WHO));
    text_append_format(writer->out, "  %s\n", phrase(writer, P_RANKED_WHAT));
    write_score(writer, podium);
    text_append_format(writer->out, "  %s\n", phrase(writer, P_RANKED_KEPT));
    write_agreement(writer, &podium->agreement);
}

/* P12 */
static void write_kept(const struct writer *writer)
{
    struct text words = {0}, days = {0};
    text_append_format(&days, "%d", writer->config->history_keep_days);
    text_append_filled(&words, phrase(writer, P_KEPT_TEXT), (const char *[]){text_bytes(&days)}, 1);
    write_section(writer, P_KEPT, text_bytes(&words));
    text_finish(&words);
    text_finish(&days);
}

void notice_write(struct text *out, const struct config *config, enum language language)
{
    const struct writer writer = {out, config, language};
    const struct privacy_settings *privacy = &config->privacy;
    text_append_format(out, "%s%s%s\n", phrase(&writer, P_TITLE), phrase(&writer, P_COLON), config->title);
    write_section(&writer, P_CONTROLLER,
                  privacy->controller ? privacy->controller : phrase(&writer, P_FILL_IN_CONTROLLER));
    write_shown(&writer);
    write_sources(&writer);
    write_section(&writer, P_PURPOSE, phrase(&writer, P_PURPOSE_TEXT));
    write_people(&writer);
    write_kept(&writer);
    write_section(&writer, P_RIGHTS, phrase(&writer, P_RIGHTS_TEXT));
    write_section(&writer, P_CONTACT,
                  privacy->contact ? privacy->contact : phrase(&writer, P_FILL_IN_CONTACT));
    text_append_format(out, "\n%s\n", phrase(&writer, P_FOOTER));
}
