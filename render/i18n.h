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

enum word {
    WORD_OK,
    WORD_WARN,
    WORD_CRITICAL,
    WORD_STALE,
    WORD_NODATA,
    WORD_CLOSED,
    WORD_OPENS,
    WORD_OPENS_AT,
    WORD_OPENS_DATE,
    WORD_INCOMPLETE,
    WORD_UNJUDGED,
    WORD_CLOCK,
    WORD_TARGET,
    WORD_LIMIT,
    WORD_SAMPLE_SIZE,
    WORD_TOO_FEW,
    WORD_NOT_AGGREGATED,
    WORD_OVERLOADED,
    WORD_STARTING,
    WORD_STARTING_HINT,
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
    WORD_REPORT_LASTING,
    WORD_REPORT_NONE,
    WORD_REPORT_OPEN,
    WORD_REPORT_UNSEEN,
    WORD_REPORT_SEEN,
    WORD_REPORT_CAUSE,
    WORD_REPORT_ACTION,
    WORD_REPORT_MARKS,
    WORD_REPORT_PURPOSE,
    WORD_PERIOD,                                /* the groups follow: WORD_PERIOD + a period, and so on */
    WORD_WITHHELD = WORD_PERIOD + PERIOD_COUNT, /* without WITHHELD_NOT */
    WORD_CHANNEL = WORD_WITHHELD + WITHHELD_FEW_ANSWERS,
    WORD_PROBLEM = WORD_CHANNEL + CHANNEL_COUNT,
    WORD_WEEKDAY = WORD_PROBLEM + SOURCE_PROBLEM_COUNT,
    WORD_WEEKDAY_SHORT = WORD_WEEKDAY + 7,
    WORD_MONTH = WORD_WEEKDAY_SHORT + 7,
    WORD_MONTH_SHORT = WORD_MONTH + 12,
    WORD_COMPOUND = WORD_MONTH_SHORT + 12, /* without COMPOUND_NONE */
    WORD_COUNT = WORD_COMPOUND + COMPOUND_COUNT - 1
};

struct words;

/* NULL: the error names the file and the key that is missing. The caller owns the words. */
struct words *words_create(const char *assets_path, enum language language, struct error *error);
void words_destroy(struct words *words);

/* A word (or word group + index); lives as long as the words. */
const char *words_get(const struct words *words, int word);

/* Appends the word with `what` in place of "{}". */
void words_fill(const struct words *words, int word, const char *what, struct text *out);

/* What a state is called; NULL for neutral, which has no name. */
const char *words_of_display(const struct words *words, enum display display);

/* The channel's name for people; an unknown one as it is. */
const char *words_of_channel(const struct words *words, const char *channel);

/* "serveur injoignable", "erreur HTTP 503 du serveur". */
void words_of_problem(const struct words *words, const struct snapshot_source *source, struct text *out);

/* "il y a 3 min"; under a minute nothing. */
void words_of_age(const struct words *words, int64_t age_ms, struct text *out);

/* "depuis 3 min", "à l’instant". */
void words_of_duration(const struct words *words, int64_t duration_ms, struct text *out);

/* "14:02" and "vendredi 21 novembre" (or "ven. 21 nov.") in the process's time zone. */
void words_of_time(int64_t wall_ms, struct text *out);
void words_of_date(const struct words *words, int64_t wall_ms, bool brief, struct text *out);

/*
 * "ouvre à 13:30" today, "ouvre lundi à 08:30" within a week, "ouvre le 4 janvier à 08:30" later; brief:
 * "lun. 08:30", "4 janv. 08:30".
 */
void words_of_opening(const struct words *words, int64_t opens_wall_ms, int64_t now_wall_ms, bool brief,
                      struct text *out);

#endif
