#ifndef FETCH_ADAPTER_H
#define FETCH_ADAPTER_H

/* The filters that come with the program: assets/adapters/VENDOR/FILTER.jq. */

#include <stdint.h>

#include "base/error.h"

/*
 * The file of an adapter as a board names it: "zendesk-talk/filter-team"; "zendesk-talk", which means
 * its "filter"; or a path of one's own that ends in ".jq". NULL: the error names those there are. The
 * caller frees the path.
 */
char *adapter_find(const char *assets_folder, const char *name, struct error *error);

/*
 * How often a vendor lets itself be asked at most: `least_every_s` of the file limits.json beside the
 * filter. 0: there is none.
 */
int64_t adapter_least_every_ms(const char *filter_path);

#endif
