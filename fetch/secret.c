#include "fetch/secret.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { MOST_SECRET_BYTES = 16384, SHORTEST_MASKED_BYTES = 4 };

/* Whether the file is for its owner alone. */
static bool is_private(const char *path, struct error *error)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        error_set(error, "the secret file %s cannot be read: %s", path, strerror(errno));
        return false;
    }
    if (!S_ISREG(about.st_mode)) {
        error_set(error, "the secret %s is not a file", path);
        return false;
    }
    if (about.st_mode & (S_IRWXG | S_IRWXO)) {
        error_set(error, "the secret file %s can be read by others than its owner (mode %03o); chmod 600 %s",
                  path, about.st_mode & 0777U, path);
        return false;
    }
    return true;
}

static bool read_file(const char *path, struct text *value, struct error *error)
{
    if (text_read_file(value, path, MOST_SECRET_BYTES))
        return true;
    error_set(error, "the secret file %s cannot be read: %s", path, strerror(errno));
    return false;
}

static bool read_private_file(const char *path, struct text *value, struct error *error)
{
    return is_private(path, error) && read_file(path, value, error);
}

static bool read_environment(const char *name, struct text *value, struct error *error)
{
    const char *found = getenv(name);
    if (!found) {
        error_set(error, "the environment variable %s, which should hold the secret, is not set", name);
        return false;
    }
    text_append(value, found);
    return true;
}

/* systemd itself sees to it that nobody else can read its credentials. */
static bool read_credential(const char *name, struct text *value, struct error *error)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    if (!folder || strchr(name, '/')) {
        error_set(error,
                  folder ? "the credential name %s must not contain a slash"
                         : "the credential %s is not there: not started by systemd with "
                           "LoadCredential= (CREDENTIALS_DIRECTORY is not set); by hand, give the secret as "
                           "{file: …} or {env: …}",
                  name);
        return false;
    }
    struct text path = {0};
    text_append_format(&path, "%s/%s", folder, name);
    bool read = read_file(text_bytes(&path), value, error);
    text_finish(&path);
    return read;
}

static bool read_text(const char *name, struct text *value, struct error *error)
{
    (void)error;
    text_append(value, name);
    return true;
}

typedef bool secret_reader(const char *name, struct text *value, struct error *error);
static secret_reader *const readers[] = {[SECRET_TEXT] = read_text,
                                         [SECRET_FILE] = read_private_file,
                                         [SECRET_ENV] = read_environment,
                                         [SECRET_CREDENTIAL] = read_credential};

/* Editors end a file with a line end, which is no part of the secret. */
static void trim_line_end(struct text *value)
{
    while (value->length > 0 &&
           (value->bytes[value->length - 1] == '\n' || value->bytes[value->length - 1] == '\r'))
        value->bytes[--value->length] = '\0';
}

/* A line break or NUL inside would forge a header of its own. */
static bool is_one_line(const struct text *value)
{
    for (size_t i = 0; i < value->length; i++)
        if ((unsigned char)value->bytes[i] < 0x20 || value->bytes[i] == 0x7F)
            return false;
    return true;
}

bool secret_read(const struct secret *secret, struct text *value, struct error *error)
{
    if (secret->kind == SECRET_NONE)
        return true;
    if (!readers[secret->kind](secret->name, value, error))
        return false;
    trim_line_end(value);
    if (value->length > 0 && is_one_line(value))
        return true;
    error_set(error, "the secret %s %s", secret->name,
              value->length == 0 ? "is empty" : "contains a line break or another control character");
    secret_wipe(value);
    return false;
}

void secret_forbid_dumps(void)
{
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void secret_wipe(struct text *value)
{
    if (value->bytes)
        explicit_bzero(value->bytes, value->capacity);
    text_finish(value);
}

/* One character or two are found everywhere: masking them would tell more than it hides. */
void secret_mask(struct text *text, const struct text *secret)
{
    if (secret->length < SHORTEST_MASKED_BYTES || !text->bytes)
        return;
    const char *rest = text->bytes, *found = strstr(rest, secret->bytes);
    if (!found)
        return;
    struct text masked = {0};
    for (; found; found = strstr(rest, secret->bytes)) {
        text_append_bytes(&masked, rest, (size_t)(found - rest));
        text_append(&masked, "***");
        rest = found + secret->length;
    }
    text_append(&masked, rest);
    secret_wipe(text);
    *text = masked;
}

void secret_mask_sign_ins(struct text *text)
{
    static const char word[] = "authorization:";
    const char *rest = text_bytes(text), *found = strcasestr(rest, word);
    if (!found)
        return;
    struct text masked = {0};
    for (; found; found = strcasestr(rest, word)) {
        size_t kept = (size_t)(found - rest) + strlen(word);
        text_append_bytes(&masked, rest, kept);
        text_append(&masked, " ***");
        rest += kept;
        rest += strcspn(rest, "\r\n\"'<\\");
    }
    text_append(&masked, rest);
    secret_wipe(text);
    *text = masked;
}
