#include "model/survey.h"

#include <math.h>

enum { ANSWERS_PLENTY = 100 }; /* from here on the plain margin is good enough */

static const double CONFIDENCE_95 = 1.959963984540054; /* quantile 0.975 of the normal distribution */

static double score_of(double promoters, double detractors, double answers)
{
    return 100 * (promoters - detractors) / answers;
}

static double margin_of(double promoters, double detractors, double answers)
{
    double promoting = promoters / answers, detracting = detractors / answers;
    double difference = promoting - detracting;
    double spread = promoting + detracting - difference * difference;
    return 100 * CONFIDENCE_95 * sqrt(fmax(spread, 0) / answers);
}

struct survey_score survey_score(const struct survey *survey)
{
    if (!(survey->answers > 0) || isnan(survey->promoters) || isnan(survey->detractors))
        return (struct survey_score){NAN, NAN, NAN, NAN, NAN};

    double promoters = survey->promoters, detractors = survey->detractors, answers = survey->answers;
    struct survey_score score = {
        .nps = score_of(promoters, detractors, answers),
        .wald_margin = margin_of(promoters, detractors, answers),
        .adjusted_nps = score_of(promoters + 0.75, detractors + 0.75, answers + 3),
        .adjusted_margin = margin_of(promoters + 0.75, detractors + 0.75, answers + 3),
    };
    score.margin = answers < ANSWERS_PLENTY ? score.adjusted_margin : score.wald_margin;
    return score;
}

bool survey_moved(const struct survey *before, const struct survey *after)
{
    struct survey_score then = survey_score(before), now = survey_score(after);
    return fabs(now.nps - then.nps) > hypot(now.margin, then.margin);
}
