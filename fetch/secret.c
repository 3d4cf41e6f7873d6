#include "fetch/secret.h"

#include <ctype.h>
#include <errno.h>
#include <pthread.h>
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

/* What was taken out of the environment, by the name of its variable; for as long as the program lives. */
static struct {
    pthread_mutex_t lock;
    size_t count, capacity;
    struct taken {
        char *name;
        struct text value;
    } * all;
} taken = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct taken *note_taken(const char *name)
{
    for (size_t i = 0; i < taken.count; i++)
        if (text_equal(taken.all[i].name, name))
            return &taken.all[i];
    taken.all = memory_grow(taken.all, &taken.capacity, taken.count, sizeof *taken.all);
    taken.all[taken.count] = (struct taken){.name = memory_copy_text(name)};
    return &taken.all[taken.count++];
}

/* Overwritten where it lies, which is what /proc shows; the variable stays, so that whoever looks for another
 * one at this moment finds the list as it was. */
static void take_out_of_environment(char *found, struct text *value)
{
    secret_wipe(value);
    text_append(value, found);
    explicit_bzero(found, strlen(found));
}

static bool read_environment(const char *name, struct text *value, struct error *error)
{
    char *found = getenv(name);
    if (!found) {
        error_set(error, "the environment variable %s, which should hold the secret, is not set", name);
        return false;
    }
    pthread_mutex_lock(&taken.lock);
    struct taken *one = note_taken(name);
    if (*found)
        take_out_of_environment(found, &one->value);
    text_append(value, text_bytes(&one->value));
    pthread_mutex_unlock(&taken.lock);
    return true;
}

static const char *credentials_folder(const char *name, struct error *error)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    if (!folder)
        error_set(error,
                  "the credential %s is not there: not started by systemd with LoadCredential= "
                  "(CREDENTIALS_DIRECTORY is not set); by hand, give the secret as {file: …} or {env: …}",
                  name);
    return folder;
}

/* systemd leaves out what it does not find, and starts the service all the same. */
static bool read_credential_file(const char *name, const char *path, struct text *value, struct error *error)
{
    if (access(path, F_OK) == 0)
        return read_file(path, value, error);
    error_set(error,
              "the credential %s is not there: put it into /etc/credstore/%s, see that the service has "
              "LoadCredential=%s, and restart it",
              name, name, name);
    return false;
}

/* systemd itself sees to it that nobody else can read its credentials. */
static bool read_credential(const char *name, struct text *value, struct error *error)
{
    const char *folder = credentials_folder(name, error);
    if (!folder)
        return false;
    if (strchr(name, '/')) {
        error_set(error, "the credential name %s must not contain a slash", name);
        return false;
    }
    struct text path = {0};
    text_append_format(&path, "%s/%s", folder, name);
    bool read = read_credential_file(name, text_bytes(&path), value, error);
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

/* ---- masking ---- */

static const struct entity {
    const char *written;
    char means;
} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};

/* The length of a number in this base between `before` and `after` that stands for the character. */
static size_t coded(const char *at, const char *before, int base, size_t digits, const char *after, char c)
{
    char number[8] = "", *end;
    if (!text_starts_with(at, before))
        return 0;
    const char *from = at + strlen(before);
    size_t length = 0;
    while (length < digits && isxdigit((unsigned char)from[length]))
        length++;
    memcpy(number, from, length);
    bool means = strtoul(number, &end, base) == (unsigned char)c && end == number + length && length > 0;
    return means && text_starts_with(from + length, after) ? strlen(before) + length + strlen(after) : 0;
}

/* How many bytes at this place stand for the character, in a URL, in JSON or in HTML; 0: they do not. */
static size_t spelt(const char *at, char c)
{
    size_t length = coded(at, "%", 16, 2, "", c);
    if (!length)
        length = coded(at, "\\u00", 16, 2, "", c);
    if (!length)
        length = coded(at, "&#x", 16, 4, ";", c);
    if (!length)
        length = coded(at, "&#", 10, 4, ";", c);
    for (size_t i = 0; !length && i < sizeof entities / sizeof *entities; i++)
        if (entities[i].means == c && text_starts_with(at, entities[i].written))
            length = strlen(entities[i].written);
    if (!length && at[0] == '\\' && at[1] == c && !isalnum((unsigned char)c))
        length = 2;
    return length ? length : at[0] == c || (at[0] == '+' && c == ' ');
}

/* How long the secret is at this place, as it is or in another spelling; 0: it is not there. */
static size_t spelt_secret(const char *at, const struct text *secret)
{
    const char *from = at;
    if (text_starts_with(at, secret->bytes))
        return secret->length;
    for (const char *c = secret->bytes; *c; c++) {
        size_t length = spelt(at, *c);
        if (!length)
            return 0;
        at += length;
    }
    return (size_t)(at - from);
}

static const char *find_secret(const char *at, const struct text *secret, size_t *length)
{
    for (; *at; at++)
        if ((*length = spelt_secret(at, secret)) > 0)
            return at;
    return NULL;
}

/* One character or two are found everywhere: masking them would tell more than it hides. */
void secret_mask(struct text *text, const struct text *secret)
{
    size_t length = 0;
    if (secret->length < SHORTEST_MASKED_BYTES || !text->bytes)
        return;
    const char *rest = text->bytes, *found = find_secret(rest, secret, &length);
    if (!found)
        return;
    struct text masked = {0};
    for (; found; found = find_secret(rest, secret, &length)) {
        text_append_bytes(&masked, rest, (size_t)(found - rest));
        text_append(&masked, "***");
        rest = found + length;
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
