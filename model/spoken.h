#ifndef MODEL_SPOKEN_H
#define MODEL_SPOKEN_H

/*
 * The words for what the model says of a tile, for texts that people read on a terminal or on paper. The
 * wall has its own in assets/i18n, shorter and in capitals; tests/test_spoken.c keeps the two together.
 */

#include "base/language.h"
#include "model/alert_machine.h"
#include "model/sample.h"
#include "model/snapshot.h"

/* "critique", "données figées" */
const char *spoken_display(enum display display, enum language language);
const char *spoken_severity(enum severity severity, enum language language);

/* "pas d’alerte", "alerte en cours" */
const char *spoken_alert_state(enum alert_state state, enum language language);

/* "aujourd’hui", "30\u00a0min" */
const char *spoken_period(enum period period, enum language language);

#endif
