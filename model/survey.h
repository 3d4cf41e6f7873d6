#ifndef MODEL_SURVEY_H
#define MODEL_SURVEY_H

/*
 * The net promoter score, how sure it is, and whether a move is news.
 *
 *     NPS = 100 (promoters 9-10 - detractors 0-6) / answers
 *     margin (95 %, Wald) = 1.96 * 100 sqrt((p + d - (p - d)^2) / n)
 *
 * Under 100 answers the adjusted Wald margin counts: three answers more, of which 3/4 promote, 3/4
 * detract and 1 1/2 do neither (domain/KPI.md §7). 50 % and 20 % of 100 answers: 30 +- 15, so that
 * a move of 4 points says nothing.
 */

#include <stdbool.h>

struct survey {
    double promoters, detractors, answers;
};

/* Points, all NaN without answers. */
struct survey_score {
    double nps;
    double wald_margin;
    double adjusted_nps, adjusted_margin;
    double margin; /* the one to print beside `nps` */
};

struct survey_score survey_score(const struct survey *survey);

/*
 * Whether the score moved by more than chance moves it: both margins count, as the root of the sum
 * of their squares. False where either is unknown. A trend arrow asks here first.
 */
bool survey_moved(const struct survey *before, const struct survey *after);

#endif
