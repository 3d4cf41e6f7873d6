#ifndef APP_FAULT_H
#define APP_FAULT_H

/* What is wrong with a board file, as the wall says it. */

#include "app/config.h"
#include "base/error.h"
#include "render/stage.h"

/* The errors of the file, the first ones in words; without any, `error`: what was wrong when it was started.
 */
void fault_note(struct stage_fault *fault, const struct config *config, const struct error *error);

#endif
