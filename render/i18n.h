#ifndef RENDER_I18N_H
#define RENDER_I18N_H

/*
 * The words on the wall in one language: one file of assets/i18n/, every word by its key.
 * "{}" in a word is where a figure or a name goes.
 */

#include "base/error.h"
#include "base/language.h"
#include "base/text.h"
#include "model/snapshot.h"
#include "render/stage.h"

enum word {
    WORD_OK,
    WORD_WARN,
    WORD_CRITICAL,
    WORD_STALE,
    WORD_NODATA,
    WORD_CLOSED,
    WORD_STALE_BRIEF,
    WORD_OPENS,
    WORD_OPENS_AT,
    WORD_OPENS_DATE,
    WORD_INCOMPLETE,
    WORD_UNJUDGED,
    WORD_CLOCK,
    WORD_UNKEPT,
    WORD_TARGET,
    WORD_LIMIT,
    WORD_SAMPLE_SIZE,
    WORD_SAMPLE_TIME,
    WORD_TOO_FEW,
    WORD_NOT_AGGREGATED,
    WORD_OVERLOADED,
    WORD_STARTING,
    WORD_STARTING_HINT,
    WORD_NO_NETWORK,
    WORD_NO_NETWORK_HINT,
    WORD_NEXT_TRY,
    WORD_FAULT,
    WORD_FAULT_HINT,
    WORD_FAULT_LINE,
    WORD_FAULT_REFUSED,
    WORD_AGE_MINUTES,
    WORD_AGE_HOURS,
    WORD_AGE_DAYS,
    WORD_DURATION_MINUTES,
    WORD_DURATION_HOURS,
    WORD_DURATION_DAYS,
    WORD_SINCE,
    WORD_SINCE_TIME,
    WORD_JUST_NOW,
    WORD_MORE,
    WORD_COLON,
    WORD_HOUR,
    WORD_FIRST_OF_MONTH,
    WORD_REPORT_WEEK,
    WORD_REPORT_UNTIL,
    WORD_REPORT_BEFORE,
    WORD_REPORT_RED,
    WORD_REPORT_ALERTS,
    WORD_REPORT_COUNT,
    WORD_REPORT_PER_TEN,
    WORD_REPORT_CRITICAL,
    WORD_REPORT_FLOOD,
    WORD_REPORT_CHATTERING,
    WORD_REPORT_LASTING,
    WORD_REPORT_UNTOLD,
    WORD_REPORT_SILENT,
    WORD_REPORT_FREQUENT,
    WORD_REPORT_UNANSWERED,
    WORD_REPORT_SINCE,
    WORD_REPORT_NONE,
    WORD_REPORT_OPEN,
    WORD_REPORT_UNSEEN,
    WORD_REPORT_SEEN,
    WORD_REPORT_CAUSE,
    WORD_REPORT_ACTION,
    WORD_REPORT_MARKS,
    WORD_REPORT_PURPOSE,
    WORD_OTHERS,
    WORD_RED_TODAY,
    WORD_NEVER_RED,
    WORD_OKR_UPDATED,
    WORD_OKR_NEVER,
    WORD_OKR_TOO_EASY,
    WORD_OKR_CHANGED,
    WORD_OKR_SITE,
    WORD_OF,
    WORD_WORST_FIRST,
    WORD_MORE_ROWS,
    WORD_MORE_ROWS_ONE,
    WORD_NO_ROWS,
    WORD_OVERDUE,
    WORD_NO_ACTIONS,
    WORD_NO_VERBATIMS,
    WORD_NOT_READ,
    WORD_RANKING_TOO_FEW,
    WORD_RANKING_UNKNOWN,
    WORD_RANKING_BASIS,
    WORD_PODIUM_TOO_FEW,
    WORD_PODIUM_FIRST, /* "{}": a day */
    WORD_PODIUM_TIED,
    WORD_PODIUM_ENDED,
    WORD_PODIUM_NO_LIST,
    WORD_PODIUM_NO_CLOCK,
    WORD_PODIUM_WEEK, /* "{}": the last day of its figures */
    WORD_UNTIL,
    WORD_FROM,
    WORD_OVER,
    WORD_NO_PICTURE,
    WORD_NOTICE_PAGE,
    WORD_NOTICE_NO_PAGE,
    WORD_NOTICE_ONE_PAGE,
    WORD_NOTICE_PAUSED,
    WORD_NOTICE_RESUMED,
    WORD_NOTICE_SEEN,
    WORD_NOTICE_NONE_TO_SEE,
    WORD_NOTICE_CHOOSE,
    WORD_NOTICE_THEME,
    WORD_NOTICE_LANGUAGE,
    WORD_NOTICE_DISPLAY,
    WORD_NOTICE_NO_QUIT,
    WORD_NOTICE_NO_EFFECT,
    WORD_NOTICE_BOARD,
    WORD_NOTICE_BACK,
    WORD_SEEN_AT,
    WORD_RETURNING, /* + enum returning - 1 */
    WORD_RETURNED,
    WORD_RETURNING_IN_STRIP,
    WORD_SHELVED_UNTIL,
    WORD_FLOOD,
    WORD_WAITING,
    WORD_DEFINITION,
    WORD_BY_QUEUE,
    WORD_BY_TEAM,
    WORD_NO_PARTS,
    WORD_PARTS_WITHHELD,
    WORD_HISTORY,
    WORD_NO_CURVE,
    WORD_LAST_HOURS,
    WORD_TO_DATE,
    WORD_TO_DATE_SINCE,
    WORD_TO_DATE_INCOMPLETE,
    WORD_SOURCE,
    WORD_STATE_NEUTRAL,
    WORD_WHY,
    WORD_HUDDLE,
    WORD_FROZEN_AT,
    WORD_HUDDLE_NEWS,
    WORD_HUDDLE_NEWS_MANY,
    WORD_HUDDLE_SILENT,
    WORD_HUDDLE_NO_REDS,
    WORD_HUDDLE_FIRST,
    WORD_HUDDLE_SINCE_MOMENT,
    WORD_HUDDLE_NEW_REDS,
    WORD_HUDDLE_NEW_REDS_ONE,
    WORD_HUDDLE_RECOVERED,
    WORD_HUDDLE_RECOVERED_ONE,
    WORD_HUDDLE_RED_NOW,
    WORD_HUDDLE_RED_NOW_ONE,
    WORD_HUDDLE_NO_CHANGES,
    WORD_HUDDLE_TIMES_RED,
    WORD_HUDDLE_LONGEST,
    WORD_HUDDLE_NONE_RECOVERED,
    WORD_HUDDLE_COMPARED_WITH,
    WORD_HUDDLE_NOT_KNOWN,
    WORD_HUDDLE_NO_DAY,
    WORD_HUDDLE_THEN,
    WORD_DELTA_POINTS,
    WORD_DELTA_VERSUS,
    WORD_DELTA_SAME,
    WORD_DELTA_GOOD,
    WORD_DELTA_WATCH,
    WORD_HUDDLE_NO_OBJECTIVES,
    WORD_HUDDLE_OPEN,
    WORD_HUDDLE_OVERDUE,
    WORD_HUDDLE_NOBODY,
    WORD_HUDDLE_NONE_OPEN,
    WORD_HUDDLE_NOT_READ,
    WORD_HUDDLE_NO_ACTIONS,
    WORD_HUDDLE_NO_ACTIONS_HINT,
    WORD_HUDDLE_TO_WATCH,
    WORD_HUDDLE_NOTHING_TO_WATCH,
    WORD_HUDDLE_KEYS,
    WORD_INFO,
    WORD_INFO_HOST,
    WORD_INFO_ADDRESS,
    WORD_INFO_NO_ADDRESS,
    WORD_INFO_MAC,
    WORD_INFO_VERSION,
    WORD_INFO_BOARD,
    WORD_INFO_DISPLAY,
    WORD_INFO_CLOCK,
    WORD_INFO_CLOCK_KEPT,
    WORD_INFO_CLOCK_WRONG,
    WORD_INFO_TEMPERATURE,
    WORD_INFO_VOLTAGE,
    WORD_INFO_VOLTAGE_FINE,
    WORD_INFO_VOLTAGE_LOW,
    WORD_INFO_UPTIME,
    WORD_INFO_UPTIME_BOTH,
    WORD_INFO_UPTIME_MACHINE,
    WORD_INFO_MEMORY,
    WORD_INFO_MEMORY_OWN,
    WORD_INFO_MEMORY_FREE,
    WORD_INFO_HISTORY,
    WORD_INFO_WRITTEN,
    WORD_INFO_NOT_YET_WRITTEN,
    WORD_INFO_UNWRITTEN,
    WORD_INFO_UNKEPT,
    WORD_INFO_ALERTS,
    WORD_INFO_ALERTS_WEEK,
    WORD_INFO_ALERTS_SINCE,
    WORD_INFO_ALERTS_COUNT,
    WORD_INFO_ALERTS_KEPT,
    WORD_INFO_BUDGET, /* + enum budget_target */
    WORD_INFO_BUDGET_LAST = WORD_INFO_BUDGET + BUDGET_TARGETS - 1,
    WORD_INFO_MEGABYTES,
    WORD_INFO_SOURCES,
    WORD_INFO_LAST_SUCCESS,
    WORD_INFO_NEVER,
    WORD_INFO_NOT_TOLD,
    WORD_HELP,
    WORD_HELP_PAGES,
    WORD_HELP_NUMBER,
    WORD_HELP_CHOOSE,
    WORD_HELP_DETAIL,
    WORD_HELP_WHY,
    WORD_HELP_SEEN,
    WORD_HELP_HUDDLE,
    WORD_HELP_PAUSE,
    WORD_HELP_BLACK,
    WORD_HELP_THEME,
    WORD_HELP_LANGUAGE,
    WORD_HELP_INFO,
    WORD_HELP_BACK,
    WORD_HELP_QUIT,
    WORD_HELP_DISPLAY,
    WORD_HELP_REMOTE,
    WORD_PERIOD,                                /* the groups follow: WORD_PERIOD + a period, and so on */
    WORD_WITHHELD = WORD_PERIOD + PERIOD_COUNT, /* without WITHHELD_NOT */
    WORD_CHANNEL = WORD_WITHHELD + WITHHELD_FEW_ANSWERS,
    WORD_PROBLEM = WORD_CHANNEL + CHANNEL_COUNT,
    WORD_WEEKDAY = WORD_PROBLEM + SOURCE_PROBLEM_COUNT,
    WORD_WEEKDAY_SHORT = WORD_WEEKDAY + 7,
    WORD_MONTH = WORD_WEEKDAY_SHORT + 7,
    WORD_MONTH_SHORT = WORD_MONTH + 12,
    WORD_COMPOUND = WORD_MONTH_SHORT + 12,                 /* without COMPOUND_NONE */
    WORD_AGENT_STATE = WORD_COMPOUND + COMPOUND_COUNT - 1, /* see words_of_agent_state() */
    WORD_LETTER = WORD_AGENT_STATE + 5,                    /* S Q C D P */
    WORD_HUDDLE_STEP = WORD_LETTER + SNAPSHOT_LETTERS,
    WORD_COUNT = WORD_HUDDLE_STEP + HUDDLE_STEPS
};

struct words;

/* NULL: the error names the file and the key that is missing. The caller owns the words. */
struct words *words_create(const char *assets_path, enum language language, struct error *error);
void words_destroy(struct words *words);

/* A word (or word group + index); lives as long as the words. */
const char *words_get(const struct words *words, int word);

/* Appends the word with `what` in place of "{}". */
void words_fill(const struct words *words, int word, const char *what, struct text *out);

/* The word itself or, of one thing (in French also of none), the one after it: WORD_MORE_ROWS_ONE. */
int words_of_count(enum language language, int word, size_t count);

/* What a state is called; NULL for neutral, which has no name. */
const char *words_of_display(const struct words *words, enum display display);

/* The channel's name for people; an unknown one as it is. */
const char *words_of_channel(const struct words *words, const char *channel);

/* A state of agents ("available", "acw", …) for people; another word as it is. */
const char *words_of_agent_state(const struct words *words, const char *state);

/* "serveur injoignable", "erreur HTTP 503 du serveur". */
void words_of_problem(const struct words *words, const struct snapshot_source *source, struct text *out);

/* "il y a 3 min"; under a minute nothing. */
void words_of_age(const struct words *words, int64_t age_ms, struct text *out);

/* "depuis 3 min", "à l’instant". */
void words_of_duration(const struct words *words, int64_t duration_ms, struct text *out);

/* "14:02" and "vendredi 21 novembre" (or "ven. 21 nov.") in the process's time zone. */
void words_of_time(int64_t wall_ms, struct text *out);
void words_of_date(const struct words *words, int64_t wall_ms, bool brief, struct text *out);

/* "mar. 17 nov. 08:00" */
void words_of_moment(const struct words *words, int64_t wall_ms, struct text *out);

/*
 * "ouvre à 13:30" today, "ouvre lundi à 08:30" within a week, "ouvre le 4 janvier à 08:30" later; brief:
 * "lun. 08:30", "4 janv. 08:30".
 */
void words_of_opening(const struct words *words, int64_t opens_wall_ms, int64_t now_wall_ms, bool brief,
                      struct text *out);

#endif
