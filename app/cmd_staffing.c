#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/options.h"
#include "base/error.h"
#include "base/json.h"
#include "base/language.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/erlang.h"

static const double LOAD_MAX = 0.9 * ERLANG_AGENTS_MAX; /* leaves room for a goal above the load */
static const double OCCUPANCY_HEALTHY = 0.85;
static const double SECONDS_MAX = 1e9;
static const double PATIENCE_MAX_S = 1e12;

struct question {
    struct erlang_load load;
    double agents, target_s;
    double goal; /* 0..1; NaN: not asked */
    enum language language;
    bool json;
};

struct answer {
    struct erlang_queue queue;
    int for_goal, for_goal_occ85; /* -1: there is none */
};

/* ---- the question ---- */

/* What may be asked of a number; a row of NaN was not given. */
struct range_row {
    const char *name;
    double value, least, most;
    bool above_least; /* `least` itself is too small */
    bool required;
};

static bool in_range(const struct range_row *row, struct error *error)
{
    if (isnan(row->value)) {
        if (row->required)
            error_set(error, "--%s is missing", row->name);
        return !row->required;
    }
    if (row->value > row->most || row->value < row->least || (row->above_least && row->value == row->least)) {
        error_set(error,
                  row->above_least ? "--%s wants a number above %g, at most %g, not %g"
                                   : "--%s wants a number from %g to %g, not %g",
                  row->name, row->least, row->most, row->value);
        return false;
    }
    return true;
}

static bool numbers_sound(const struct question *question, struct error *error)
{
    const struct erlang_load *load = &question->load;
    const struct range_row rows[] = {
        {"calls", load->calls, 0, 1e9, false, true},
        {"interval", load->interval_s, 0, SECONDS_MAX, true, true},
        {"aht", load->aht_s, 0, SECONDS_MAX, true, true},
        {"agents", question->agents, 0, ERLANG_AGENTS_MAX, false, true},
        {"target", question->target_s, 0, SECONDS_MAX, false, true},
        {"patience", load->patience_s, 0, PATIENCE_MAX_S, true, false},
        {"goal", question->goal, 0, 0.999999, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!in_range(&rows[i], error))
            return false;
    return true;
}

static bool question_sound(const struct question *question, struct error *error)
{
    const struct erlang_load *load = &question->load;
    if (!numbers_sound(question, error))
        return false;
    if (question->agents != floor(question->agents))
        error_set(error, "--agents wants a whole number, not %g", question->agents);
    else if (erlang_offered(load) > LOAD_MAX)
        error_set(error, "%g calls of %g s in %g s are %.0f erlangs; at most %.0f are computed", load->calls,
                  load->aht_s, load->interval_s, erlang_offered(load), LOAD_MAX);
    else if (load->patience_s * load->calls / load->interval_s > ERLANG_PATIENT_CALLS_MAX)
        error_set(error, "--patience %g is as good as endless; leave it out", load->patience_s);
    else
        return true;
    return false;
}

/* ---- the answer ---- */

static struct answer answer_question(const struct question *question)
{
    const struct erlang_load *load = &question->load;
    struct answer answer = {.queue = erlang_queue(load, (int)question->agents, question->target_s),
                            .for_goal = -1,
                            .for_goal_occ85 = -1};
    if (isnan(question->goal))
        return answer;
    answer.for_goal = erlang_agents_required(load, question->target_s, question->goal, 1);
    if (isnan(load->patience_s)) /* who hangs up relieves the agents: the limit would reward bad service */
        answer.for_goal_occ85 =
            erlang_agents_required(load, question->target_s, question->goal, OCCUPANCY_HEALTHY);
    return answer;
}

static void append_member(struct text *out, const char *key, double value)
{
    text_append(out, ",");
    json_write_text(out, key);
    text_append(out, ":");
    json_write_number(out, value);
}

static double or_none(int agents)
{
    return agents < 0 ? (double)NAN : (double)agents;
}

static void print_json(const struct answer *answer)
{
    const struct erlang_queue *queue = &answer->queue;
    struct text out = {0};
    text_append(&out, "{\"offered_erlang\":");
    json_write_number(&out, queue->offered_erlang);
    text_append_format(&out, ",\"steady_state\":%s", queue->steady_state ? "true" : "false");
    append_member(&out, "p_wait", queue->p_wait);
    append_member(&out, "service_level", queue->service_level);
    append_member(&out, "asa_s", queue->asa_s);
    append_member(&out, "occupancy", queue->occupancy);
    append_member(&out, "mean_queue", queue->mean_queue);
    append_member(&out, "p_abandon", queue->p_abandon);
    append_member(&out, "sl_excl_abandon_in_t", queue->sl_excl_abandon_in_t);
    append_member(&out, "sl_any_outcome_in_t", queue->sl_any_outcome_in_t);
    append_member(&out, "agents_for_goal", or_none(answer->for_goal));
    append_member(&out, "agents_for_goal_occ85", or_none(answer->for_goal_occ85));
    printf("%s}\n", text_bytes(&out));
    text_finish(&out);
}

/* ---- for people ---- */

enum phrase {
    PHRASE_LOAD,
    PHRASE_MODEL_C,
    PHRASE_MODEL_A,
    PHRASE_OVERLOADED,
    PHRASE_SERVICE_LEVEL,
    PHRASE_WAITING,
    PHRASE_ASA,
    PHRASE_QUEUE,
    PHRASE_OCCUPANCY,
    PHRASE_ABANDON,
    PHRASE_FOR_GOAL,
    PHRASE_FOR_GOAL_85,
    PHRASE_NO_GOAL,
    PHRASE_COUNT
};

static const char *const phrases[LANGUAGE_COUNT][PHRASE_COUNT] = {
    [LANGUAGE_FR] =
        {
            [PHRASE_LOAD] = "Charge prévue",
            [PHRASE_MODEL_C] = "Erlang C\u00a0: personne ne raccroche (--patience pour en tenir compte)",
            [PHRASE_MODEL_A] = "Erlang A\u00a0: les appelants raccrochent",
            [PHRASE_OVERLOADED] = "Saturé\u00a0: la file grandit sans fin\u202f; agents manquants, au moins",
            [PHRASE_SERVICE_LEVEL] = "Niveau de service",
            [PHRASE_WAITING] = "Appels qui attendent",
            [PHRASE_ASA] = "Attente moyenne",
            [PHRASE_QUEUE] = "File moyenne",
            [PHRASE_OCCUPANCY] = "Occupation",
            [PHRASE_ABANDON] = "Abandons",
            [PHRASE_FOR_GOAL] = "Agents pour l’objectif",
            [PHRASE_FOR_GOAL_85] = "… et 85\u202f% d’occupation",
            [PHRASE_NO_GOAL] = "hors de portée",
        },
    [LANGUAGE_EN] =
        {
            [PHRASE_LOAD] = "Forecast load",
            [PHRASE_MODEL_C] = "Erlang C: nobody hangs up (--patience takes it into account)",
            [PHRASE_MODEL_A] = "Erlang A: callers hang up",
            [PHRASE_OVERLOADED] = "Overloaded: the queue grows without end; agents missing, at least",
            [PHRASE_SERVICE_LEVEL] = "Service level",
            [PHRASE_WAITING] = "Calls that wait",
            [PHRASE_ASA] = "Mean wait",
            [PHRASE_QUEUE] = "Mean queue",
            [PHRASE_OCCUPANCY] = "Occupancy",
            [PHRASE_ABANDON] = "Abandons",
            [PHRASE_FOR_GOAL] = "Agents for the goal",
            [PHRASE_FOR_GOAL_85] = "… and 85% occupancy",
            [PHRASE_NO_GOAL] = "out of reach",
        },
};

/* One line: the name, and the figure with its unit, or a dash where there is none. */
static void print_figure(enum language language, enum phrase phrase, double value, int decimals,
                         const char *unit)
{
    enum { COLUMN = 26 };
    const char *name = phrases[language][phrase];
    int padding = COLUMN - (int)utf8_length(name);
    char digits[64] = "—";
    if (isfinite(value))
        snprintf(digits, sizeof digits, "%.*f%s", decimals, value, unit);
    char *point = language == LANGUAGE_FR ? strchr(digits, '.') : NULL;
    if (point)
        *point = ',';
    printf("%s%*s %s\n", name, padding > 0 ? padding : 0, "", digits);
}

static void print_goal(enum language language, enum phrase phrase, int agents)
{
    if (agents < 0)
        printf("%s%s%s\n", phrases[language][phrase], language == LANGUAGE_FR ? "\u00a0: " : ": ",
               phrases[language][PHRASE_NO_GOAL]);
    else
        print_figure(language, phrase, agents, 0, "");
}

static void print_text(const struct question *question, const struct answer *answer)
{
    enum language language = question->language;
    const char *const *say = phrases[language];
    const struct erlang_queue *queue = &answer->queue;
    bool impatient = !isnan(question->load.patience_s);
    const char *percent = language == LANGUAGE_FR ? "\u202f%" : "%", *seconds = "\u202fs";

    printf("%s\n", say[impatient ? PHRASE_MODEL_A : PHRASE_MODEL_C]);
    print_figure(language, PHRASE_LOAD, queue->offered_erlang, 2, " E");
    if (!queue->steady_state) {
        printf("%s %d\n", say[PHRASE_OVERLOADED],
               erlang_agents_missing(&question->load, (int)question->agents));
    } else {
        print_figure(language, PHRASE_SERVICE_LEVEL, 100 * queue->service_level, 1, percent);
        print_figure(language, PHRASE_WAITING, 100 * queue->p_wait, 1, percent);
        print_figure(language, PHRASE_ASA, queue->asa_s, 1, seconds);
        print_figure(language, PHRASE_QUEUE, queue->mean_queue, 1, "");
        print_figure(language, PHRASE_OCCUPANCY, 100 * queue->occupancy, 1, percent);
        if (impatient)
            print_figure(language, PHRASE_ABANDON, 100 * queue->p_abandon, 1, percent);
    }
    if (!isnan(question->goal))
        print_goal(language, PHRASE_FOR_GOAL, answer->for_goal);
    if (!isnan(question->goal) && !impatient)
        print_goal(language, PHRASE_FOR_GOAL_85, answer->for_goal_occ85);
}

/* ---- the command line ---- */

int cmd_staffing(int argc, char **argv)
{
    struct question ask = {.load = {NAN, NAN, NAN, NAN}, .agents = NAN, .target_s = NAN, .goal = NAN};
    const char *language = NULL;
    const struct option_row options[] = {
        {.name = "calls", .placeholder = "N", .real = &ask.load.calls, .help = "calls in the interval"},
        {.name = "interval", .placeholder = "S", .real = &ask.load.interval_s, .help = "how long it is"},
        {.name = "aht", .placeholder = "S", .real = &ask.load.aht_s, .help = "mean handling time"},
        {.name = "agents", .placeholder = "N", .real = &ask.agents, .help = "how many answer"},
        {.name = "target", .placeholder = "S", .real = &ask.target_s, .help = "answered within"},
        {.name = "patience",
         .placeholder = "S",
         .real = &ask.load.patience_s,
         .help = "mean time until a caller hangs up (Erlang A); never, if not given"},
        {.name = "goal", .placeholder = "G", .real = &ask.goal, .help = "service level wanted, such as 0.8"},
        {.name = "json", .flag = &ask.json, .help = "the result as JSON"},
        {.name = "lang", .placeholder = "fr|en", .text = &language, .help = "of the text; fr if not given"},
        {0},
    };
    const struct usage usage = {
        "staffing", NULL, "How long callers wait, and how many agents a goal takes. S: seconds.", options};
    int status = options_read(&usage, argc, argv, NULL);
    if (status != OPTIONS_READ)
        return status;
    struct error error = {""};
    if (!question_sound(&ask, &error))
        return command_usage_error("staffing", "%s", error.text);
    if (language && !language_parse(language, &ask.language))
        return command_usage_error("staffing", "--lang is fr or en, not \"%s\"", language);

    struct answer answer = answer_question(&ask);
    if (ask.json)
        print_json(&answer);
    else
        print_text(&ask, &answer);
    return EXIT_DONE;
}
