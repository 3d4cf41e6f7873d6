/* An explanation in words, for a terminal: one fact a line, the same lines in every language. */
#include "model/why.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/utf8.h"
#include "model/spoken.h"

enum { NAME_COLUMNS = WHY_NAME_COLUMNS };

enum phrase {
    P_COLON,
    P_VALUE,
    P_NO_VALUE,
    P_OVER,
    P_TOO_FEW,
    P_FORMULA,
    P_NOT_SENT,
    P_SOURCE,
    P_NO_SOURCE,
    P_FIGURES_OF,
    P_AGE,
    P_STALE_AFTER,
    P_TROUBLE,
    P_STATE,
    P_SINCE,
    P_UNSTABLE,
    P_SHELVED,
    P_CLEARING_RUNS,
    P_RULE,
    P_CATALOGUE,
    P_BOARD,
    P_TILE,
    P_FOR,
    P_HOURS,
    P_OVERRULES,
    P_LIMITS,
    P_NOT_JUDGED,
    P_WARN,
    P_CRITICAL,
    P_HYSTERESIS,
    P_AFTER,
    P_TARGET,
    P_CLEARS,
    P_DURING,
    P_OR,
    P_UNKNOWN,
    P_SEEN,
    P_FROM_TODAY,
    P_ABSENT,
    P_THE_BOARD,
    P_PLAN,
    P_NO_PLAN,
    P_OF_PLAN,
    P_BY_NOW,
    P_COUNT
};

static const char *const PHRASES[LANGUAGE_COUNT][P_COUNT] = {
    [LANGUAGE_FR] = {[P_COLON] = "\u00a0: ",
                     [P_VALUE] = "valeur",
                     [P_NO_VALUE] = "aucune",
                     [P_OVER] = ", ",
                     [P_TOO_FEW] = ", trop peu pour juger (minimum %s)",
                     [P_FORMULA] = "formule",
                     [P_NOT_SENT] = "non envoyé par la source, compté 0",
                     [P_SOURCE] = "source",
                     [P_NO_SOURCE] = "aucune source n’a de chiffre pour cette tuile",
                     [P_FIGURES_OF] = ", chiffres de ",
                     [P_AGE] = ", âge ",
                     [P_STALE_AFTER] = ", figés après ",
                     [P_TROUBLE] = ", en panne",
                     [P_STATE] = "état",
                     [P_SINCE] = " depuis ",
                     [P_UNSTABLE] = ", instable",
                     [P_SHELVED] = ", mise de côté encore ",
                     [P_CLEARING_RUNS] = ", retour dans ",
                     [P_RULE] = "règle",
                     [P_CATALOGUE] = "celle du catalogue\u00a0: aucune règle du tableau ne s’applique",
                     [P_BOARD] = "règle %zu du tableau",
                     [P_TILE] = "celle de la tuile elle-même",
                     [P_FOR] = ", pour ",
                     [P_HOURS] = ", à ces heures",
                     [P_OVERRULES] = ", elle l’emporte sur %zu autre(s)",
                     [P_LIMITS] = "seuils",
                     [P_NOT_JUDGED] = "aucun\u00a0: le chiffre n’est pas jugé",
                     [P_WARN] = "attention",
                     [P_CRITICAL] = "critique",
                     [P_HYSTERESIS] = ", hystérésis ",
                     [P_AFTER] = ", après ",
                     [P_TARGET] = ", objectif ",
                     [P_CLEARS] = "retour",
                     [P_DURING] = " pendant ",
                     [P_OR] = " ou ",
                     [P_UNKNOWN] = "inconnu",
                     [P_SEEN] = " vues",
                     [P_FROM_TODAY] = ", des compteurs du jour",
                     [P_ABSENT] = "non envoyé par la source",
                     [P_THE_BOARD] = "le tableau lui-même",
                     [P_PLAN] = "plan",
                     [P_NO_PLAN] = "aucun\u00a0: donnez-le sous « plans » pour que le chiffre soit jugé",
                     [P_OF_PLAN] = " du plan",
                     [P_BY_NOW] = " dû à cette heure"},
    [LANGUAGE_EN] = {[P_COLON] = ": ",
                     [P_VALUE] = "value",
                     [P_NO_VALUE] = "none",
                     [P_OVER] = ", ",
                     [P_TOO_FEW] = ", too few to judge (minimum %s)",
                     [P_FORMULA] = "formula",
                     [P_NOT_SENT] = "not sent by the source, counted as 0",
                     [P_SOURCE] = "source",
                     [P_NO_SOURCE] = "no source has a figure for this tile",
                     [P_FIGURES_OF] = ", figures of ",
                     [P_AGE] = ", aged ",
                     [P_STALE_AFTER] = ", stale after ",
                     [P_TROUBLE] = ", in trouble",
                     [P_STATE] = "state",
                     [P_SINCE] = " since ",
                     [P_UNSTABLE] = ", unstable",
                     [P_SHELVED] = ", shelved for another ",
                     [P_CLEARING_RUNS] = ", clears in ",
                     [P_RULE] = "rule",
                     [P_CATALOGUE] = "the catalogue’s: no rule of the board applies",
                     [P_BOARD] = "rule %zu of the board",
                     [P_TILE] = "the tile’s own",
                     [P_FOR] = ", for ",
                     [P_HOURS] = ", at these hours",
                     [P_OVERRULES] = ", it beats %zu other(s)",
                     [P_LIMITS] = "thresholds",
                     [P_NOT_JUDGED] = "none: the figure is not judged",
                     [P_WARN] = "warning",
                     [P_CRITICAL] = "critical",
                     [P_HYSTERESIS] = ", hysteresis ",
                     [P_AFTER] = ", after ",
                     [P_TARGET] = ", target ",
                     [P_CLEARS] = "clears",
                     [P_DURING] = " during ",
                     [P_OR] = " or ",
                     [P_UNKNOWN] = "unknown",
                     [P_SEEN] = " of it seen",
                     [P_FROM_TODAY] = ", made of today’s counters",
                     [P_ABSENT] = "not sent by the source",
                     [P_THE_BOARD] = "the board itself",
                     [P_PLAN] = "plan",
                     [P_NO_PLAN] = "none: give one under “plans” for the figure to be judged",
                     [P_OF_PLAN] = " of the plan",
                     [P_BY_NOW] = " due by now"},
};

static const char *const VARIANTS[LANGUAGE_COUNT][WHY_VARIANT_COUNT] = {
    [LANGUAGE_FR] = {"", "formule du catalogue", "dénominateur de la source", "temps de traitement global",
                     "chiffre de la source, tel quel", "comptage choisi", "calculé des chiffres qui suivent",
                     "ce que le tableau dit de lui-même"},
    [LANGUAGE_EN] = {"", "the catalogue’s formula", "the source’s own denominator",
                     "handling time as a whole", "the source’s figure as it is", "the chosen way to count",
                     "worked out of what follows", "what the board says of itself"},
};

static const char *const WITHHELD[LANGUAGE_COUNT][WITHHELD_FEW_ANSWERS + 1] = {
    [LANGUAGE_FR] = {"", ", masquée\u00a0: équipe < 5", ", masquée\u00a0: elle trahirait une équipe < 5",
                     ", masquée\u00a0: effectif de l’équipe inconnu",
                     ", masquée\u00a0: moins de 10 réponses"},
    [LANGUAGE_EN] = {"", ", withheld: team < 5", ", withheld: it would give away a team < 5",
                     ", withheld: size of the team unknown", ", withheld: fewer than 10 answers"},
};

/* What writes and in which language. */
struct writer {
    struct text *out;
    const struct why *why;
    enum language language;
};

static const char *phrase(const struct writer *writer, enum phrase which)
{
    return PHRASES[writer->language][which];
}

static void say(const struct writer *writer, enum phrase which)
{
    text_append(writer->out, phrase(writer, which));
}

/* ---- numbers, times, places ---- */

/* Numbers are made with points; French has commas. A point between letters stays. */
static void say_numbers(const struct writer *writer, const char *text)
{
    for (const char *c = text; *c; c++) {
        bool comma = *c == '.' && writer->language == LANGUAGE_FR;
        text_append_bytes(writer->out, comma ? "," : c, 1);
    }
}

static void say_number(const struct writer *writer, double value)
{
    struct text text = {0};
    text_append_format(&text, "%s%.6g", value < 0 ? "−" : "", fabs(value));
    if (isnan(value))
        say(writer, P_UNKNOWN);
    else
        say_numbers(writer, text_bytes(&text));
    text_finish(&text);
}

/* "80 %" in French, "80%" in English: as on the tile. */
static void say_marked(const struct writer *writer, double value, const char *mark)
{
    bool percent = text_equal(mark, "%");
    const char *space = !percent ? " " : writer->language == LANGUAGE_FR ? "\u202f" : "";
    say_number(writer, value);
    if (*mark && !isnan(value))
        text_append_format(writer->out, "%s%s", space, mark);
}

static void say_value(const struct writer *writer, double value)
{
    say_marked(writer, value, writer->why->unit_mark);
}

static void say_duration(const struct writer *writer, int64_t ms)
{
    int64_t s = (ms + 500) / 1000;
    if (s >= 60 && s % 60 == 0)
        text_append_format(writer->out, "%lld min", (long long)(s / 60));
    else if (s >= 60)
        text_append_format(writer->out, "%lld min %02lld s", (long long)(s / 60), (long long)(s % 60));
    else
        text_append_format(writer->out, "%lld s", (long long)s);
}

static void say_time(const struct writer *writer, int64_t wall_ms)
{
    struct calendar_time at;
    calendar_local(wall_ms, &at);
    text_append_format(writer->out, "%02d:%02d:%02d", at.hour, at.minute, at.second);
}

/* Says nothing where all of it has been seen. */
static void say_covered(const struct writer *writer, double covered_ms)
{
    if (!(covered_ms > 0))
        return;
    text_append(writer->out, ", ");
    say_duration(writer, (int64_t)covered_ms);
    say(writer, P_SEEN);
}

static void say_dims(const struct writer *writer, const struct dims *dims, const char *before)
{
    for (enum dim dim = 0; dim < DIM_COUNT; dim++) {
        if (!dims->value[dim])
            continue;
        text_append_format(writer->out, "%s%s=%s", before, dim_name(dim), dims->value[dim]);
        before = " ";
    }
}

/* A line's name, padded so that what follows stands below each other. */
static void begin_line(const struct writer *writer, enum phrase name)
{
    text_append(writer->out, "  ");
    say(writer, name);
    for (size_t width = utf8_length(phrase(writer, name)); width < NAME_COLUMNS; width++)
        text_append(writer->out, " ");
}

static void end_line(const struct writer *writer)
{
    text_append(writer->out, "\n");
}

/* ---- the lines ---- */

static void write_title(const struct writer *writer)
{
    const struct why *why = writer->why;
    text_append_format(writer->out, "%s (%s)", why->label[writer->language], why->tile);
    say_dims(writer, &why->scope, " · ");
    end_line(writer);
}

static void write_too_few(const struct writer *writer)
{
    text_append(writer->out, ", n = ");
    say_number(writer, writer->why->n);
    if (!writer->why->too_few)
        return;
    const char *form = phrase(writer, P_TOO_FEW), *hole = strstr(form, "%s");
    text_append_bytes(writer->out, form, (size_t)(hole - form));
    say_number(writer, writer->why->min_sample);
    text_append(writer->out, hole + 2);
}

static void write_value(const struct writer *writer)
{
    const struct why *why = writer->why;
    begin_line(writer, P_VALUE);
    if (isnan(why->value))
        say(writer, P_NO_VALUE);
    else
        say_value(writer, why->value);
    say(writer, P_OVER);
    text_append(writer->out, spoken_period(why->period, writer->language));
    say_covered(writer, why->covered_ms);
    if (!isnan(why->n))
        write_too_few(writer);
    text_append(writer->out, WITHHELD[writer->language][why->withheld]);
    end_line(writer);
}

static void write_figure(const struct writer *writer, const struct why_figure *figure)
{
    text_append(writer->out, "        ");
    say_number(writer, figure->value);
    text_append_format(writer->out, "  %s", spoken_period(figure->period, writer->language));
    say_dims(writer, &figure->dims, "  ");
    if (figure->derived)
        say(writer, P_FROM_TODAY);
    say_covered(writer, figure->covered_ms);
    end_line(writer);
}

static void write_input(const struct writer *writer, const struct why_input *input)
{
    text_append_format(writer->out, "      %s = ", input->name);
    if (input->sent)
        say_number(writer, input->value);
    else
        say(writer, P_ABSENT);
    say_covered(writer, input->covered_ms);
    end_line(writer);
    for (size_t i = 0; i < input->count; i++)
        write_figure(writer, &writer->why->figures[input->first + i]);
}

static void write_term(const struct writer *writer, const struct why_term *term)
{
    text_append_format(writer->out, "    %s %s%s = ", term->divides ? "/" : " ", term->sign < 0 ? "−" : "",
                       term->counter);
    if (term->optional && !term->count)
        say(writer, P_NOT_SENT);
    else
        say_number(writer, term->total);
    end_line(writer);
    for (size_t i = 0; i < term->count; i++)
        write_figure(writer, &writer->why->figures[term->first + i]);
}

static void write_formula(const struct writer *writer)
{
    const struct why *why = writer->why;
    bool in_words = why->variant == WHY_COMPUTED || why->variant == WHY_BOARD;
    if (!why->formula)
        return;
    begin_line(writer, P_FORMULA);
    if (in_words)
        text_append(writer->out, why->formula);
    else
        say_numbers(writer, why->formula);
    text_append_format(writer->out, "  (%s%s%s)\n", VARIANTS[writer->language][why->variant],
                       why->sl_variant ? ", " : "", why->sl_variant ? why->sl_variant : "");
}

static void write_figures(const struct writer *writer)
{
    const struct why *why = writer->why;
    for (size_t i = 0; i < why->term_count; i++)
        write_term(writer, &why->terms[i]);
    for (size_t i = 0; i < why->input_count; i++)
        write_input(writer, &why->inputs[i]);
}

static void write_source(const struct writer *writer)
{
    const struct why *why = writer->why;
    begin_line(writer, P_SOURCE);
    if (!why->source) {
        say(writer, why->variant == WHY_BOARD ? P_THE_BOARD : P_NO_SOURCE);
        end_line(writer);
        return;
    }
    text_append(writer->out, why->source);
    if (why->figures_wall_ms) {
        say(writer, P_FIGURES_OF);
        say_time(writer, why->figures_wall_ms);
        say(writer, P_AGE);
        say_duration(writer, why->age_ms);
    }
    say(writer, P_STALE_AFTER);
    say_duration(writer, why->stale_after_ms);
    if (why->problem != SOURCE_FINE && why->problem != SOURCE_WAITING) {
        say(writer, P_TROUBLE);
        text_append_format(writer->out, "%s%s", why->problem_detail ? phrase(writer, P_COLON) : "",
                           why->problem_detail ? why->problem_detail : "");
    }
    end_line(writer);
}

static void write_timers(const struct writer *writer)
{
    const struct why *why = writer->why;
    for (int level = SEVERITY_WARN; level <= SEVERITY_CRITICAL; level++) {
        if (why->raises_in_ms[level] < 0)
            continue;
        text_append_format(writer->out, ", %s%s", spoken_severity((enum severity)level, writer->language),
                           writer->language == LANGUAGE_FR ? " dans " : " in ");
        say_duration(writer, why->raises_in_ms[level]);
    }
    if (why->clears_in_ms >= 0) {
        say(writer, P_CLEARING_RUNS);
        say_duration(writer, why->clears_in_ms);
    }
}

static void write_state(const struct writer *writer)
{
    const struct why *why = writer->why;
    begin_line(writer, P_STATE);
    text_append(writer->out, spoken_display(why->display, writer->language));
    if (why->since_wall_ms) {
        say(writer, P_SINCE);
        say_time(writer, why->since_wall_ms);
    }
    text_append_format(writer->out, ", %s", spoken_alert_state(why->alert, writer->language));
    write_timers(writer);
    if (why->unstable)
        say(writer, P_UNSTABLE);
    if (why->shelved_ms) {
        say(writer, P_SHELVED);
        say_duration(writer, why->shelved_ms);
    }
    end_line(writer);
}

static void say_count(const struct writer *writer, enum phrase which, size_t count)
{
    const char *form = phrase(writer, which), *hole = strstr(form, "%zu");
    text_append_bytes(writer->out, form, (size_t)(hole - form));
    text_append_format(writer->out, "%zu%s", count, hole + 3);
}

static void write_rule(const struct writer *writer)
{
    const struct why *why = writer->why;
    begin_line(writer, P_RULE);
    if (why->rule == WHY_RULE_BOARD)
        say_count(writer, P_BOARD, why->rule_number);
    else
        say(writer, why->rule == WHY_RULE_TILE ? P_TILE : P_CATALOGUE);
    say_dims(writer, &why->rule_where, phrase(writer, P_FOR));
    if (why->rule_has_hours)
        say(writer, P_HOURS);
    if (why->rules_overruled)
        say_count(writer, P_OVERRULES, why->rules_overruled);
    end_line(writer);
}

/* "< 70 % ou > 90 %"; false: there is no limit. */
static bool say_outside(const struct writer *writer, enum phrase name, double low, double high,
                        const char *mark)
{
    if (isnan(low) && isnan(high))
        return false;
    say(writer, name);
    if (!isnan(low)) {
        text_append(writer->out, " < ");
        say_marked(writer, low, mark);
    }
    if (!isnan(low) && !isnan(high))
        say(writer, P_OR);
    if (!isnan(high)) {
        text_append(writer->out, isnan(low) ? " > " : "> ");
        say_marked(writer, high, mark);
    }
    return true;
}

/* "attention < 80 %, critique < 70 %" */
static void say_limits(const struct writer *writer, const struct limits *limits, const char *mark)
{
    bool any = say_outside(writer, P_WARN, limits->warn_low, limits->warn_high, mark);
    if (any && !(isnan(limits->critical_low) && isnan(limits->critical_high)))
        text_append(writer->out, ", ");
    say_outside(writer, P_CRITICAL, limits->critical_low, limits->critical_high, mark);
}

/* What the limits that follow are percent of. */
static void write_plan(const struct writer *writer)
{
    const struct why *why = writer->why;
    if (!why->of_plan)
        return;
    begin_line(writer, P_PLAN);
    if (isnan(why->plan)) {
        say(writer, P_NO_PLAN);
    } else {
        say_value(writer, why->plan);
        text_append(writer->out, why->paced ? phrase(writer, P_BY_NOW) : "");
        text_append(writer->out, ", ");
        say_limits(writer, &why->percent, "%");
        say(writer, P_OF_PLAN);
    }
    end_line(writer);
}

static void write_limits(const struct writer *writer)
{
    const struct why *why = writer->why;
    begin_line(writer, P_LIMITS);
    if (!why->judged) {
        say(writer, P_NOT_JUDGED);
        end_line(writer);
        return;
    }
    say_limits(writer, &why->limits, why->unit_mark);
    say(writer, P_HYSTERESIS);
    say_value(writer, why->hysteresis);
    say(writer, P_AFTER);
    say_duration(writer, why->for_ms);
    if (!isnan(why->target)) {
        say(writer, P_TARGET);
        say_value(writer, why->target);
    }
    end_line(writer);
}

/* "WARN : ≥ 72 % pendant 3 min" */
static void write_clearing(const struct writer *writer, enum severity level)
{
    const struct why_clearing *clearing = &writer->why->clearing[level];
    if (!clearing->needed || (isnan(clearing->low) && isnan(clearing->high)))
        return;
    begin_line(writer, P_CLEARS);
    text_append_format(writer->out, "%s%s", spoken_severity((enum severity)(level - 1), writer->language),
                       phrase(writer, P_COLON));
    if (!isnan(clearing->low)) {
        text_append(writer->out, "≥ ");
        say_value(writer, clearing->low);
    }
    if (!isnan(clearing->high)) {
        text_append(writer->out, isnan(clearing->low) ? "≤ " : ", ≤ ");
        say_value(writer, clearing->high);
    }
    say(writer, P_DURING);
    say_duration(writer, writer->why->clear_ms);
    end_line(writer);
}

void why_text(struct text *out, const struct why *why, enum language language)
{
    const struct writer writer = {out, why, language};
    write_title(&writer);
    write_value(&writer);
    write_formula(&writer);
    write_figures(&writer);
    write_source(&writer);
    write_state(&writer);
    write_rule(&writer);
    write_plan(&writer);
    write_limits(&writer);
    write_clearing(&writer, SEVERITY_CRITICAL);
    write_clearing(&writer, SEVERITY_WARN);
}
