#ifndef APP_CONFIG_SCHEMA_H
#define APP_CONFIG_SCHEMA_H

/* The board file as JSON Schema, made from the tables that read it. */

#include "base/text.h"

void config_write_schema(struct text *out);

#endif
