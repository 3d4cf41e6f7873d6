#ifndef BASE_JSON_H
#define BASE_JSON_H

/*
 * JSON, read with limits (strict UTF-8, depth, nothing behind the value) and written without surprises.
 *
 * Reading: a `struct cJSON` is only looked at through these functions; other folders do not include
 * cJSON. Every question accepts NULL and answers "not there", so that chains need no conditions.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

struct cJSON;

enum { JSON_MAX_DEPTH = 64 };

/* Parses; a byte order mark is dropped. NULL: the error says where and what. Given to json_destroy(). */
struct cJSON *json_parse(const char *bytes, size_t length, struct error *error);
struct cJSON *json_read_file(const char *path, size_t max_bytes, struct error *error);
void json_destroy(struct cJSON *value);
void json_destroy_secret(struct cJSON *value); /* overwrites every text in it first */

const struct cJSON *json_member(const struct cJSON *object, const char *key);
const char *json_text(const struct cJSON *value); /* NULL if it is not a text */
const char *json_member_text(const struct cJSON *object, const char *key);
double json_number(const struct cJSON *value, double otherwise); /* `otherwise` if it is not a number */
double json_member_number(const struct cJSON *object, const char *key, double otherwise);
bool json_is_number(const struct cJSON *value);
bool json_is_null(const struct cJSON *value); /* an explicit null */
bool json_is_true(const struct cJSON *value);
bool json_is_boolean(const struct cJSON *value);
bool json_is_object(const struct cJSON *value);
bool json_is_array(const struct cJSON *value);

/* Items of an array or members of an object, in order: for (v = json_first(a); v; v = json_next(v)). */
const struct cJSON *json_first(const struct cJSON *container);
const struct cJSON *json_next(const struct cJSON *item);
const char *json_key(const struct cJSON *member); /* name of a member, NULL in an array */
size_t json_count(const struct cJSON *container);

/*
 * The value at a place like "meta.next": keys on the way, with dots between. A key that has dots itself is
 * found where it stands last ("@odata.nextLink"). "" is the value itself.
 */
const struct cJSON *json_at(const struct cJSON *value, const char *place);

/*
 * Puts `value` (JSON text) at such a place of an object and leaves every other byte as it is; objects on
 * the way are made. False: `object` is no JSON object, or something on the way is none.
 */
bool json_put(struct text *object, const char *place, const char *value);

/* Writing: into a text, the caller sets commas and braces. NaN and infinities become null. */
void json_write_text(struct text *out, const char *value); /* quoted and escaped; NULL becomes null */
void json_write_bytes(struct text *out, const char *bytes, size_t length); /* the same; may hold U+0000 */
void json_write_number(struct text *out, double value); /* shortest form that reads back the same */

#endif
