#include "render/i18n.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/calendar.h"
#include "base/json.h"
#include "base/memory.h"

enum { MAX_WORDS_BYTES = 256 * 1024 };

struct words {
    struct cJSON *file;
    const char *word[WORD_COUNT];
};

static const char *const plain_keys[WORD_PERIOD] = {
    [WORD_OK] = "state.ok",
    [WORD_WARN] = "state.warn",
    [WORD_CRITICAL] = "state.critical",
    [WORD_STALE] = "state.stale",
    [WORD_NODATA] = "state.nodata",
    [WORD_CLOSED] = "state.closed",
    [WORD_STALE_BRIEF] = "state.stale.brief",
    [WORD_OPENS] = "opens",
    [WORD_OPENS_AT] = "opens.at",
    [WORD_OPENS_DATE] = "opens.date",
    [WORD_INCOMPLETE] = "summary.incomplete",
    [WORD_UNJUDGED] = "summary.unjudged",
    [WORD_CLOCK] = "clock",
    [WORD_UNKEPT] = "unkept",
    [WORD_TARGET] = "target",
    [WORD_LIMIT] = "limit",
    [WORD_SAMPLE_SIZE] = "sample_size",
    [WORD_SAMPLE_TIME] = "sample_time",
    [WORD_TOO_FEW] = "too_few",
    [WORD_NOT_AGGREGATED] = "not_aggregated",
    [WORD_OVERLOADED] = "overloaded",
    [WORD_STARTING] = "starting",
    [WORD_STARTING_HINT] = "starting.hint",
    [WORD_NO_NETWORK] = "no_network",
    [WORD_NO_NETWORK_HINT] = "no_network.hint",
    [WORD_NEXT_TRY] = "next_try",
    [WORD_FAULT] = "fault",
    [WORD_FAULT_HINT] = "fault.hint",
    [WORD_FAULT_LINE] = "fault.line",
    [WORD_FAULT_REFUSED] = "fault.refused",
    [WORD_AGE_MINUTES] = "age.minutes",
    [WORD_AGE_HOURS] = "age.hours",
    [WORD_AGE_DAYS] = "age.days",
    [WORD_DURATION_MINUTES] = "duration.minutes",
    [WORD_DURATION_HOURS] = "duration.hours",
    [WORD_DURATION_DAYS] = "duration.days",
    [WORD_SINCE] = "since",
    [WORD_SINCE_TIME] = "since.time",
    [WORD_JUST_NOW] = "just_now",
    [WORD_MORE] = "more",
    [WORD_COLON] = "colon",
    [WORD_HOUR] = "hour",
    [WORD_FIRST_OF_MONTH] = "first_of_month",
    [WORD_REPORT_WEEK] = "report.week",
    [WORD_REPORT_UNTIL] = "report.until",
    [WORD_REPORT_BEFORE] = "report.before",
    [WORD_REPORT_RED] = "report.red",
    [WORD_REPORT_ALERTS] = "report.alerts",
    [WORD_REPORT_COUNT] = "report.count",
    [WORD_REPORT_PER_TEN] = "report.per_ten",
    [WORD_REPORT_CRITICAL] = "report.critical",
    [WORD_REPORT_FLOOD] = "report.flood",
    [WORD_REPORT_CHATTERING] = "report.chattering",
    [WORD_REPORT_LASTING] = "report.lasting",
    [WORD_REPORT_UNTOLD] = "report.untold",
    [WORD_REPORT_SILENT] = "report.silent",
    [WORD_REPORT_FREQUENT] = "report.frequent",
    [WORD_REPORT_UNANSWERED] = "report.unanswered",
    [WORD_REPORT_SINCE] = "report.since",
    [WORD_REPORT_NONE] = "report.none",
    [WORD_REPORT_OPEN] = "report.open",
    [WORD_REPORT_UNSEEN] = "report.unseen",
    [WORD_REPORT_SEEN] = "report.seen",
    [WORD_REPORT_CAUSE] = "report.cause",
    [WORD_REPORT_ACTION] = "report.action",
    [WORD_REPORT_MARKS] = "report.marks",
    [WORD_REPORT_PURPOSE] = "report.purpose",
    [WORD_OTHERS] = "others",
    [WORD_RED_TODAY] = "red_today",
    [WORD_NEVER_RED] = "never_red",
    [WORD_OKR_UPDATED] = "okr.updated",
    [WORD_OKR_NEVER] = "okr.never",
    [WORD_OKR_TOO_EASY] = "okr.too_easy",
    [WORD_OKR_CHANGED] = "okr.changed",
    [WORD_OKR_SITE] = "okr.site",
    [WORD_OF] = "of",
    [WORD_WORST_FIRST] = "worst_first",
    [WORD_MORE_ROWS] = "more_rows",
    [WORD_MORE_ROWS_ONE] = "more_rows_one",
    [WORD_NO_ROWS] = "no_rows",
    [WORD_OVERDUE] = "overdue",
    [WORD_NO_ACTIONS] = "no_actions",
    [WORD_NO_VERBATIMS] = "no_verbatims",
    [WORD_NOT_READ] = "not_read",
    [WORD_RANKING_TOO_FEW] = "ranking.too_few",
    [WORD_RANKING_UNKNOWN] = "ranking.unknown",
    [WORD_RANKING_BASIS] = "ranking.basis",
    [WORD_PODIUM_TOO_FEW] = "podium.too_few",
    [WORD_PODIUM_FIRST] = "podium.first",
    [WORD_PODIUM_TIED] = "podium.tied",
    [WORD_PODIUM_ENDED] = "podium.ended",
    [WORD_PODIUM_NO_LIST] = "podium.no_list",
    [WORD_PODIUM_NO_CLOCK] = "podium.no_clock",
    [WORD_PODIUM_WEEK] = "podium.week",
    [WORD_UNTIL] = "until",
    [WORD_FROM] = "from",
    [WORD_OVER] = "over",
    [WORD_NO_PICTURE] = "no_picture",
    [WORD_NOTICE_PAGE] = "notice.page",
    [WORD_NOTICE_NO_PAGE] = "notice.no_page",
    [WORD_NOTICE_ONE_PAGE] = "notice.one_page",
    [WORD_NOTICE_PAUSED] = "notice.paused",
    [WORD_NOTICE_RESUMED] = "notice.resumed",
    [WORD_NOTICE_SEEN] = "notice.seen",
    [WORD_NOTICE_NONE_TO_SEE] = "notice.none_to_see",
    [WORD_NOTICE_CHOOSE] = "notice.choose",
    [WORD_NOTICE_THEME] = "notice.theme",
    [WORD_NOTICE_LANGUAGE] = "notice.language",
    [WORD_NOTICE_DISPLAY] = "notice.display",
    [WORD_NOTICE_NO_QUIT] = "notice.no_quit",
    [WORD_NOTICE_NO_EFFECT] = "notice.no_effect",
    [WORD_NOTICE_BOARD] = "notice.board",
    [WORD_NOTICE_BACK] = "notice.back",
    [WORD_SEEN_AT] = "seen_at",
    [WORD_RETURNING] = "state.returning",
    [WORD_RETURNED] = "state.returned",
    [WORD_RETURNING_IN_STRIP] = "returning",
    [WORD_SHELVED_UNTIL] = "shelved_until",
    [WORD_FLOOD] = "flood",
    [WORD_WAITING] = "waiting",
    [WORD_DEFINITION] = "detail.definition",
    [WORD_BY_QUEUE] = "detail.by_queue",
    [WORD_BY_TEAM] = "detail.by_team",
    [WORD_NO_PARTS] = "detail.no_parts",
    [WORD_PARTS_WITHHELD] = "detail.parts_withheld",
    [WORD_HISTORY] = "detail.history",
    [WORD_NO_CURVE] = "detail.no_curve",
    [WORD_LAST_HOURS] = "detail.last_hours",
    [WORD_TO_DATE] = "detail.to_date",
    [WORD_TO_DATE_SINCE] = "detail.to_date_since",
    [WORD_TO_DATE_INCOMPLETE] = "detail.to_date_incomplete",
    [WORD_SOURCE] = "detail.source",
    [WORD_STATE_NEUTRAL] = "detail.neutral",
    [WORD_WHY] = "why.title",
    [WORD_HUDDLE] = "huddle.title",
    [WORD_FROZEN_AT] = "huddle.frozen_at",
    [WORD_HUDDLE_NEWS] = "huddle.news",
    [WORD_HUDDLE_NEWS_MANY] = "huddle.news_many",
    [WORD_HUDDLE_SILENT] = "huddle.silent",
    [WORD_HUDDLE_NO_REDS] = "huddle.no_reds",
    [WORD_HUDDLE_FIRST] = "huddle.first",
    [WORD_HUDDLE_SINCE_MOMENT] = "huddle.since_moment",
    [WORD_HUDDLE_NEW_REDS] = "huddle.new_reds",
    [WORD_HUDDLE_NEW_REDS_ONE] = "huddle.new_reds_one",
    [WORD_HUDDLE_RECOVERED] = "huddle.recovered",
    [WORD_HUDDLE_RECOVERED_ONE] = "huddle.recovered_one",
    [WORD_HUDDLE_RED_NOW] = "huddle.red_now",
    [WORD_HUDDLE_RED_NOW_ONE] = "huddle.red_now_one",
    [WORD_HUDDLE_NO_CHANGES] = "huddle.no_changes",
    [WORD_HUDDLE_TIMES_RED] = "huddle.times_red",
    [WORD_HUDDLE_LONGEST] = "huddle.longest",
    [WORD_HUDDLE_NONE_RECOVERED] = "huddle.none_recovered",
    [WORD_HUDDLE_COMPARED_WITH] = "huddle.compared_with",
    [WORD_HUDDLE_NOT_KNOWN] = "huddle.not_known",
    [WORD_HUDDLE_NO_DAY] = "huddle.no_day",
    [WORD_HUDDLE_THEN] = "huddle.then",
    [WORD_DELTA_POINTS] = "delta.points",
    [WORD_DELTA_VERSUS] = "delta.versus",
    [WORD_DELTA_SAME] = "delta.same",
    [WORD_DELTA_GOOD] = "delta.good",
    [WORD_DELTA_WATCH] = "delta.watch",
    [WORD_HUDDLE_NO_OBJECTIVES] = "huddle.no_objectives",
    [WORD_HUDDLE_OPEN] = "huddle.open",
    [WORD_HUDDLE_OVERDUE] = "huddle.overdue",
    [WORD_HUDDLE_NOBODY] = "huddle.nobody",
    [WORD_HUDDLE_NONE_OPEN] = "huddle.none_open",
    [WORD_HUDDLE_NOT_READ] = "huddle.not_read",
    [WORD_HUDDLE_NO_ACTIONS] = "huddle.no_actions",
    [WORD_HUDDLE_NO_ACTIONS_HINT] = "huddle.no_actions_hint",
    [WORD_HUDDLE_TO_WATCH] = "huddle.to_watch",
    [WORD_HUDDLE_NOTHING_TO_WATCH] = "huddle.nothing_to_watch",
    [WORD_HUDDLE_KEYS] = "huddle.keys",
    [WORD_INFO] = "info.title",
    [WORD_INFO_HOST] = "info.host",
    [WORD_INFO_ADDRESS] = "info.address",
    [WORD_INFO_NO_ADDRESS] = "info.no_address",
    [WORD_INFO_MAC] = "info.mac",
    [WORD_INFO_VERSION] = "info.version",
    [WORD_INFO_BOARD] = "info.board",
    [WORD_INFO_DISPLAY] = "info.display",
    [WORD_INFO_CLOCK] = "info.clock",
    [WORD_INFO_CLOCK_KEPT] = "info.clock_kept",
    [WORD_INFO_CLOCK_WRONG] = "info.clock_wrong",
    [WORD_INFO_TEMPERATURE] = "info.temperature",
    [WORD_INFO_VOLTAGE] = "info.voltage",
    [WORD_INFO_VOLTAGE_FINE] = "info.voltage_fine",
    [WORD_INFO_VOLTAGE_LOW] = "info.voltage_low",
    [WORD_INFO_UPTIME] = "info.uptime",
    [WORD_INFO_UPTIME_BOTH] = "info.uptime_both",
    [WORD_INFO_UPTIME_MACHINE] = "info.uptime_machine",
    [WORD_INFO_MEMORY] = "info.memory",
    [WORD_INFO_MEMORY_OWN] = "info.memory_own",
    [WORD_INFO_MEMORY_FREE] = "info.memory_free",
    [WORD_INFO_HISTORY] = "info.history",
    [WORD_INFO_WRITTEN] = "info.history_written",
    [WORD_INFO_NOT_YET_WRITTEN] = "info.history_not_yet",
    [WORD_INFO_UNWRITTEN] = "info.history_unwritten",
    [WORD_INFO_UNKEPT] = "info.history_none",
    [WORD_INFO_ALERTS] = "info.alerts",
    [WORD_INFO_ALERTS_WEEK] = "info.alerts_week",
    [WORD_INFO_ALERTS_SINCE] = "info.alerts_since",
    [WORD_INFO_ALERTS_COUNT] = "info.alerts_count",
    [WORD_INFO_ALERTS_KEPT] = "info.alerts_kept",
    [WORD_INFO_BUDGET + BUDGET_PER_TEN] = "info.budget_per_ten",
    [WORD_INFO_BUDGET + BUDGET_FLOOD] = "info.budget_flood",
    [WORD_INFO_BUDGET + BUDGET_CRITICAL] = "info.budget_critical",
    [WORD_INFO_BUDGET + BUDGET_CHATTERING] = "info.budget_chattering",
    [WORD_INFO_BUDGET + BUDGET_LASTING] = "info.budget_lasting",
    [WORD_INFO_MEGABYTES] = "info.megabytes",
    [WORD_INFO_SOURCES] = "info.sources",
    [WORD_INFO_LAST_SUCCESS] = "info.last_success",
    [WORD_INFO_NEVER] = "info.never",
    [WORD_INFO_NOT_TOLD] = "info.not_told",
    [WORD_HELP] = "help.title",
    [WORD_HELP_PAGES] = "help.pages",
    [WORD_HELP_NUMBER] = "help.number",
    [WORD_HELP_CHOOSE] = "help.choose",
    [WORD_HELP_DETAIL] = "help.detail",
    [WORD_HELP_WHY] = "help.why",
    [WORD_HELP_SEEN] = "help.seen",
    [WORD_HELP_HUDDLE] = "help.huddle",
    [WORD_HELP_PAUSE] = "help.pause",
    [WORD_HELP_BLACK] = "help.black",
    [WORD_HELP_THEME] = "help.theme",
    [WORD_HELP_LANGUAGE] = "help.language",
    [WORD_HELP_INFO] = "help.info",
    [WORD_HELP_BACK] = "help.back",
    [WORD_HELP_QUIT] = "help.quit",
    [WORD_HELP_DISPLAY] = "help.display",
    [WORD_HELP_REMOTE] = "help.remote",
};

static const char *const withheld_keys[WITHHELD_FEW_ANSWERS] = {"small_team", "complement", "team_unknown",
                                                                "few_answers"};

static const char *const problem_keys[SOURCE_PROBLEM_COUNT] = {
    [SOURCE_FINE] = "fine",
    [SOURCE_WAITING] = "waiting",
    [SOURCE_UNREACHABLE] = "unreachable",
    [SOURCE_TLS] = "tls",
    [SOURCE_TIMEOUT] = "timeout",
    [SOURCE_HTTP_STATUS] = "http_status",
    [SOURCE_SIGN_IN] = "sign_in",
    [SOURCE_TOO_LARGE] = "too_large",
    [SOURCE_NOT_JSON] = "not_json",
    [SOURCE_FILTER] = "filter",
    [SOURCE_DOCUMENT] = "document",
    [SOURCE_FROZEN] = "frozen",
    [SOURCE_RECONNECT] = "reconnect",
    [SOURCE_SECRET] = "secret",
    [SOURCE_CLOCK] = "clock",
    [SOURCE_LIMITED] = "limited",
    [SOURCE_FILE] = "file",
};

static const char *const compound_keys[COMPOUND_COUNT - 1] = {"nobody_free", "nobody_there", "routing",
                                                              "haste", "no_agent"};

enum { AGENT_STATE_COUNT = 5 };
static const char *const agent_state_keys[AGENT_STATE_COUNT] = {"available", "on_contact", "acw", "pause",
                                                                "other"};
static const char *const letter_keys[SNAPSHOT_LETTERS] = {"s", "q", "c", "d", "p"};
static const char *const step_keys[HUDDLE_STEPS] = {"reds",       "since",   "recovered", "compared",
                                                    "objectives", "actions", "end"};

static const char *period_key(int index)
{
    return period_name((enum period)index);
}

/* Words that come in rows: "period.now", "month.1". */
struct group {
    const char *name;
    int first, count;
    const char *const *keys;
    const char *(*key_of)(int index); /* where there are no keys; NULL: numbers */
    int first_number;
};

static const struct group groups[] = {
    {"period", WORD_PERIOD, PERIOD_COUNT, NULL, period_key, 0},
    {"withheld", WORD_WITHHELD, WITHHELD_FEW_ANSWERS, withheld_keys, NULL, 0},
    {"channel", WORD_CHANNEL, CHANNEL_COUNT, NULL, channel_name, 0},
    {"problem", WORD_PROBLEM, SOURCE_PROBLEM_COUNT, problem_keys, NULL, 0},
    {"weekday", WORD_WEEKDAY, 7, NULL, NULL, 0},
    {"weekday_short", WORD_WEEKDAY_SHORT, 7, NULL, NULL, 0},
    {"month", WORD_MONTH, 12, NULL, NULL, 1},
    {"month_short", WORD_MONTH_SHORT, 12, NULL, NULL, 1},
    {"compound", WORD_COMPOUND, COMPOUND_COUNT - 1, compound_keys, NULL, 0},
    {"agent_state", WORD_AGENT_STATE, AGENT_STATE_COUNT, agent_state_keys, NULL, 0},
    {"letter", WORD_LETTER, SNAPSHOT_LETTERS, letter_keys, NULL, 0},
    {"huddle.step", WORD_HUDDLE_STEP, HUDDLE_STEPS, step_keys, NULL, 0},
};

/* NULL: it is a number. */
static const char *named_key(const struct group *group, int index)
{
    if (group->keys)
        return group->keys[index];
    return group->key_of ? group->key_of(index) : NULL;
}

static void group_key(const struct group *group, int index, char *key, size_t size)
{
    const char *name = named_key(group, index);
    if (name)
        snprintf(key, size, "%s.%s", group->name, name);
    else
        snprintf(key, size, "%s.%d", group->name, index + group->first_number);
}

static bool word_take(struct words *words, int word, const char *key, const char *path, struct error *error)
{
    words->word[word] = json_member_text(words->file, key);
    if (words->word[word])
        return true;
    error_set(error, "%s: \"%s\" is missing or is not a text", path, key);
    return false;
}

static bool groups_take(struct words *words, const char *path, struct error *error)
{
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        for (int i = 0; i < groups[g].count; i++) {
            char key[64];
            group_key(&groups[g], i, key, sizeof key);
            if (!word_take(words, groups[g].first + i, key, path, error))
                return false;
        }
    return true;
}

static bool words_take(struct words *words, const char *path, struct error *error)
{
    for (int i = 0; i < WORD_PERIOD; i++)
        if (!word_take(words, i, plain_keys[i], path, error))
            return false;
    return groups_take(words, path, error);
}

struct words *words_create(const char *assets_path, enum language language, struct error *error)
{
    struct text path = {0};
    text_append_format(&path, "%s/i18n/%s.json", assets_path, language_names[language]);
    struct words *words = memory_create(1, sizeof *words);
    words->file = json_read_file(text_bytes(&path), MAX_WORDS_BYTES, error);
    if (!words->file || !words_take(words, text_bytes(&path), error)) {
        words_destroy(words);
        words = NULL;
    }
    text_finish(&path);
    return words;
}

void words_destroy(struct words *words)
{
    if (!words)
        return;
    json_destroy(words->file);
    free(words);
}

const char *words_get(const struct words *words, int word)
{
    return word >= 0 && word < WORD_COUNT ? words->word[word] : "";
}

int words_of_count(enum language language, int word, size_t count)
{
    return count == 1 || (count == 0 && language == LANGUAGE_FR) ? word + 1 : word;
}

void words_fill(const struct words *words, int word, const char *what, struct text *out)
{
    text_append_filled(out, words_get(words, word), &what, 1);
}

static void words_fill_number(const struct words *words, int word, long long number, struct text *out)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", number);
    words_fill(words, word, digits, out);
}

const char *words_of_display(const struct words *words, enum display display)
{
    static const int names[DISPLAY_COUNT] = {
        [DISPLAY_CLOSED] = WORD_CLOSED, [DISPLAY_NODATA] = WORD_NODATA,     [DISPLAY_STALE] = WORD_STALE,
        [DISPLAY_NEUTRAL] = -1,         [DISPLAY_CRITICAL] = WORD_CRITICAL, [DISPLAY_WARN] = WORD_WARN,
        [DISPLAY_OK] = WORD_OK,
    };
    return display < DISPLAY_COUNT && names[display] >= 0 ? words->word[names[display]] : NULL;
}

const char *words_of_agent_state(const struct words *words, const char *state)
{
    for (int i = 0; i < AGENT_STATE_COUNT; i++)
        if (strcmp(agent_state_keys[i], state) == 0)
            return words_get(words, WORD_AGENT_STATE + i);
    return state;
}

const char *words_of_channel(const struct words *words, const char *channel)
{
    for (int i = 0; i < CHANNEL_COUNT; i++)
        if (text_equal(channel, channel_name(i)))
            return words->word[WORD_CHANNEL + i];
    return channel;
}

void words_of_problem(const struct words *words, const struct snapshot_source *source, struct text *out)
{
    double number = isfinite(source->number) ? fmin(fabs(source->number), 1e9) : 0;
    words_fill_number(words, WORD_PROBLEM + (int)source->problem, llround(number), out);
}

/* Which of three units an interval is told in: the largest that is not zero. */
static void span_fill(const struct words *words, int minutes_word, int64_t span_ms, struct text *out)
{
    int64_t minutes = span_ms / 60000;
    if (minutes < 60)
        words_fill_number(words, minutes_word, minutes, out);
    else if (minutes < 48 * 60)
        words_fill_number(words, minutes_word + 1, minutes / 60, out);
    else
        words_fill_number(words, minutes_word + 2, minutes / 1440, out);
}

void words_of_age(const struct words *words, int64_t age_ms, struct text *out)
{
    if (age_ms >= 60000)
        span_fill(words, WORD_AGE_MINUTES, age_ms, out);
}

void words_of_duration(const struct words *words, int64_t duration_ms, struct text *out)
{
    if (duration_ms < 60000) {
        text_append(out, words_get(words, WORD_JUST_NOW));
        return;
    }
    struct text span = {0};
    span_fill(words, WORD_DURATION_MINUTES, duration_ms, &span);
    words_fill(words, WORD_SINCE, text_bytes(&span), out);
    text_finish(&span);
}

static struct tm local_moment(int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm moment = {0};
    localtime_r(&seconds, &moment);
    return moment;
}

void words_of_time(int64_t wall_ms, struct text *out)
{
    struct tm moment = local_moment(wall_ms);
    text_append_format(out, "%02d:%02d", moment.tm_hour, moment.tm_min);
}

/* "21 novembre", "1er déc."; `space` is between day and month. */
static void append_day_of_month(const struct words *words, const struct tm *moment, bool brief,
                                const char *space, struct text *out)
{
    char day[16];
    snprintf(day, sizeof day, "%d", moment->tm_mday);
    text_append_format(out, "%s%s%s", moment->tm_mday == 1 ? words_get(words, WORD_FIRST_OF_MONTH) : day,
                       space, words_get(words, (brief ? WORD_MONTH_SHORT : WORD_MONTH) + moment->tm_mon));
}

void words_of_date(const struct words *words, int64_t wall_ms, bool brief, struct text *out)
{
    struct tm moment = local_moment(wall_ms);
    text_append_format(out, "%s ",
                       words_get(words, (brief ? WORD_WEEKDAY_SHORT : WORD_WEEKDAY) + moment.tm_wday));
    append_day_of_month(words, &moment, brief, " ", out);
}

void words_of_moment(const struct words *words, int64_t wall_ms, struct text *out)
{
    words_of_date(words, wall_ms, true, out);
    text_append(out, " ");
    words_of_time(wall_ms, out);
}

/* ---- openings ---- */

/* As people would say it today: nothing, "lundi", "le 4 janvier". */
static void append_opening_day(const struct words *words, int64_t opens_wall_ms, int64_t now_wall_ms,
                               bool brief, struct text *out)
{
    struct tm moment = local_moment(opens_wall_ms);
    int64_t midnight_ms = calendar_midnight_ms(now_wall_ms);
    struct text date = {0};
    if (opens_wall_ms < calendar_add_days_ms(midnight_ms, 1))
        return;
    append_day_of_month(words, &moment, brief, "\u00a0", &date);
    if (opens_wall_ms < calendar_add_days_ms(midnight_ms, 7))
        text_append(out, words_get(words, (brief ? WORD_WEEKDAY_SHORT : WORD_WEEKDAY) + moment.tm_wday));
    else if (brief)
        text_append(out, text_bytes(&date));
    else
        words_fill(words, WORD_OPENS_DATE, text_bytes(&date), out);
    text_append(out, " ");
    text_finish(&date);
}

void words_of_opening(const struct words *words, int64_t opens_wall_ms, int64_t now_wall_ms, bool brief,
                      struct text *out)
{
    struct text when = {0}, time = {0};
    append_opening_day(words, opens_wall_ms, now_wall_ms, brief, &when);
    words_of_time(opens_wall_ms, &time);
    if (brief && when.length) {
        text_append_format(out, "%s%s", text_bytes(&when), text_bytes(&time));
    } else {
        words_fill(words, WORD_OPENS_AT, text_bytes(&time), &when);
        words_fill(words, WORD_OPENS, text_bytes(&when), out);
    }
    text_finish(&when);
    text_finish(&time);
}
