/* How a source signs in: which keys each kind needs, and that no secret stands in the board. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/config_reading.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- secrets ---- */

static const struct {
    const char *key;
    enum secret_kind kind;
} secret_kinds[] = {{"file", SECRET_FILE}, {"env", SECRET_ENV}, {"credential", SECRET_CREDENTIAL}};

static bool take_secret(const struct yaml_node *node, struct secret *secret)
{
    if (node->shape != YAML_MAP || node->count != 1 || !node->items[0]->text)
        return false;
    for (size_t i = 0; i < COUNT(secret_kinds); i++) {
        if (!text_equal(node->keys[0]->text, secret_kinds[i].key))
            continue;
        *secret = (struct secret){.kind = secret_kinds[i].kind, .name = node->items[0]->text};
        return true;
    }
    return false;
}

/* The message never repeats what was written: it may be the secret. */
static void read_secret(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                        void *target)
{
    struct yaml_place place = {.node = node, .path = path};
    if (node->shape == YAML_SCALAR)
        yaml_error(
            reader, &place, NULL,
            "a secret is never written in the board; put it in a file that only its owner can read and "
            "write {file: PATH}, or {env: NAME}, or {credential: NAME}");
    else if (!take_secret(node, target))
        yaml_error(reader, &place, NULL, "a secret is one of {file: PATH}, {env: NAME}, {credential: NAME}");
}

/* A user name may stand in the board. */
static void read_id(struct yaml_reader *reader, const struct yaml_node *node, const char *path, void *target)
{
    if (node->shape == YAML_SCALAR)
        *(struct secret *)target = (struct secret){.kind = SECRET_TEXT, .name = node->text};
    else
        read_secret(reader, node, path, target);
}

/* The next refresh token is written where the last one was read. */
static void read_refresh_token(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                               void *target)
{
    struct yaml_place place = {.node = node, .path = path};
    struct secret *secret = target;
    read_secret(reader, node, path, secret);
    if (secret->kind != SECRET_NONE && secret->kind != SECRET_FILE)
        yaml_error(reader, &place, NULL,
                   "a refresh token is kept in {file: PATH}, in a folder where the service can write: it "
                   "changes when it is used");
}

#define SECRET_OBJECT                                                                                        \
    "\"type\": \"object\", \"additionalProperties\": false, \"minProperties\": 1, \"maxProperties\": 1, "    \
    "\"properties\": {\"file\": {\"type\": \"string\"}, \"env\": {\"type\": \"string\"}, \"credential\": "   \
    "{\"type\": \"string\"}}"
static const char secret_schema[] = SECRET_OBJECT;
static const char id_schema[] = "\"anyOf\": [{\"type\": \"string\"}, {" SECRET_OBJECT "}]";
static const char file_schema[] =
    "\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"file\"], \"properties\": "
    "{\"file\": {\"type\": \"string\"}}";

/* ---- which kind makes use of what ---- */

enum part {
    ID = 1 << 0,
    SECRET = 1 << 1,
    HEADER = 1 << 2,
    PARAMETER = 1 << 3,
    TOKEN_URL = 1 << 4,
    USER = 1 << 5,
    PASSWORD = 1 << 6,
    REFRESH_TOKEN = 1 << 7,
    REGION = 1 << 8,
    SERVICE = 1 << 9,
    SESSION_TOKEN = 1 << 10,
    EXCHANGE_URL = 1 << 11,
    CLIENT = 1 << 12, /* how the client signs, and what it asks for */
    EXCHANGE = 1 << 13
};

enum { TOKEN_OPTIONS = HEADER | CLIENT };

static const struct sign_in {
    const char *name;
    enum auth_kind kind;
    unsigned needs, may; /* of enum part */
} sign_ins[] = {
    {"none", AUTH_NONE, 0, 0},
    {"basic", AUTH_BASIC, ID | SECRET, 0},
    {"bearer", AUTH_BEARER, SECRET, 0},
    {"header", AUTH_HEADER, SECRET | HEADER, 0},
    {"query", AUTH_QUERY, SECRET | PARAMETER, 0},
    {"oauth2_client_credentials", AUTH_OAUTH2_CLIENT_CREDENTIALS, ID | SECRET | TOKEN_URL, TOKEN_OPTIONS},
    {"oauth2_password", AUTH_OAUTH2_PASSWORD, ID | TOKEN_URL | USER | PASSWORD, SECRET | TOKEN_OPTIONS},
    {"oauth2_refresh_token", AUTH_OAUTH2_REFRESH_TOKEN, ID | TOKEN_URL | REFRESH_TOKEN,
     SECRET | TOKEN_OPTIONS},
    {"exchange", AUTH_EXCHANGE, EXCHANGE_URL, EXCHANGE | HEADER}, /* and all of its platform */
    {"sigv4", AUTH_SIGV4, ID | SECRET | REGION | SERVICE, SESSION_TOKEN},
};

static const char *const sign_in_names[] = {"none",
                                            "basic",
                                            "bearer",
                                            "header",
                                            "query",
                                            "oauth2_client_credentials",
                                            "oauth2_refresh_token",
                                            "oauth2_password",
                                            "exchange",
                                            "sigv4",
                                            NULL};
static const char *const platform_names[] = {"oauth2_client_credentials", "oauth2_refresh_token",
                                             "oauth2_password", NULL};

static const struct {
    const char *key, *how;
    enum part part;
} parts[] = {
    {"id", "id: NAME", ID},
    {"secret", "secret: {file: PATH}", SECRET},
    {"header", "header: NAME", HEADER},
    {"parameter", "parameter: NAME", PARAMETER},
    {"token_url", "token_url: https://…", TOKEN_URL},
    {"user", "user: NAME", USER},
    {"password", "password: {file: PATH}", PASSWORD},
    {"refresh_token", "refresh_token: {file: PATH}", REFRESH_TOKEN},
    {"region", "region: NAME", REGION},
    {"service", "service: NAME", SERVICE},
    {"session_token", NULL, SESSION_TOKEN},
    {"exchange_url", "exchange_url: https://…", EXCHANGE_URL},
    {"client_auth", NULL, CLIENT},
    {"client_encoding", NULL, CLIENT},
    {"scope", NULL, CLIENT},
    {"audience", NULL, CLIENT},
    {"form", NULL, CLIENT},
    {"token_field", NULL, CLIENT | EXCHANGE},
    {"ca_file", NULL, CLIENT | EXCHANGE},
    {"platform", NULL, EXCHANGE},
    {"exchange_by", NULL, EXCHANGE},
    {"exchange_field", NULL, EXCHANGE},
    {"exchange_form", NULL, EXCHANGE},
    {"exchanges_per_minute", NULL, EXCHANGE},
};

/* ---- the table ---- */

static const char *const client_auths[] = {"basic", "form", NULL};
static const char *const client_encodings[] = {"plain", "url", NULL};
static const char *const carriers[] = {"form", "bearer", NULL};

static const struct auth_entry auth_defaults = CONFIG_AUTH_DEFAULTS;

#define AT(member) offsetof(struct auth_entry, member)
static const struct yaml_field auth_fields[] = {
    {"kind", YAML_KIND_CHOICE, AT(kind), .choices = sign_in_names, .help = "how one signs in"},
    {"id", YAML_KIND_OWN, AT(id), .read = read_id, .schema = id_schema,
     .help = "the user; of oauth2 the client; of sigv4 the access key"},
    {"secret", YAML_KIND_OWN, AT(secret), .read = read_secret, .schema = secret_schema,
     .help = "where the password, token or key is kept"},
    {"header", YAML_KIND_TEXT, AT(header), .help = "name of the header that carries the secret or token"},
    {"parameter", YAML_KIND_TEXT, AT(parameter), .help = "name of the query parameter with the secret"},
    {"token_url", YAML_KIND_TEXT, AT(token_url), .help = "where tokens are given out"},
    {"user", YAML_KIND_OWN, AT(user), .read = read_id, .schema = id_schema,
     .help = "of oauth2_password: who signs in"},
    {"password", YAML_KIND_OWN, AT(password), .read = read_secret, .schema = secret_schema,
     .help = "of oauth2_password: where the password is kept"},
    {"refresh_token", YAML_KIND_OWN, AT(refresh_token), .read = read_refresh_token, .schema = file_schema,
     .help = "where the refresh token is kept; the next one is written there"},
    {"client_auth", YAML_KIND_CHOICE, AT(client_auth), .choices = client_auths,
     .help = "how id and secret travel to token_url (basic)"},
    {"client_encoding", YAML_KIND_CHOICE, AT(client_encoding), .choices = client_encodings,
     .help = "with client_auth: basic, whether id and secret are URL-encoded first (plain)"},
    {"scope", YAML_KIND_TEXT, AT(scope), .help = "what the token is for"},
    {"audience", YAML_KIND_TEXT, AT(audience), .help = "who the token is for"},
    {"form", YAML_KIND_TEXT_MAP, AT(form), .help = "further fields for token_url; no secrets"},
    {"token_field", YAML_KIND_TEXT, AT(token_field), .help = "where the answer has the token (access_token)"},
    {"ca_file", YAML_KIND_TEXT, AT(ca_file),
     .help = "certificates (PEM) to trust for token_url, if not those of the source"},
    {"platform", YAML_KIND_CHOICE, AT(platform), .choices = platform_names,
     .help = "of exchange: how the first token is got (oauth2_client_credentials)"},
    {"exchange_url", YAML_KIND_TEXT, AT(exchange_url), .help = "where the first token is exchanged"},
    {"exchange_by", YAML_KIND_CHOICE, AT(exchange_by), .choices = carriers,
     .help = "how the first token travels there (form)"},
    {"exchange_field", YAML_KIND_TEXT, AT(exchange_field),
     .help = "with exchange_by: form, the field with the first token (subject_token)"},
    {"exchange_form", YAML_KIND_TEXT_MAP, AT(exchange_form),
     .help = "further fields for exchange_url; no secrets"},
    {"exchanges_per_minute", YAML_KIND_INTEGER, AT(exchanges_per_minute), .min = 1, .max = 60,
     .help = "at most so many exchanges in a minute (3)"},
    {"region", YAML_KIND_TEXT, AT(region), .help = "of AWS: eu-central-1"},
    {"service", YAML_KIND_TEXT, AT(service), .help = "of AWS: connect"},
    {"session_token", YAML_KIND_OWN, AT(session_token), .read = read_secret, .schema = secret_schema,
     .help = "of sigv4: where the token of temporary credentials is kept"},
};
#undef AT
const struct yaml_table config_auth_table = {"auth", sizeof(struct auth_entry), &auth_defaults, auth_fields,
                                             COUNT(auth_fields)};

/* ---- checks ---- */

static const struct sign_in *sign_in_of(const char *kind)
{
    for (size_t i = 0; i < COUNT(sign_ins); i++)
        if (strcmp(sign_ins[i].name, kind) == 0)
            return &sign_ins[i];
    return &sign_ins[0];
}

/* An exchange needs what the sign-in at its platform needs, and its own. */
static struct sign_in needs_of(const struct auth_entry *entry)
{
    struct sign_in sign_in = *sign_in_of(entry->kind);
    if (sign_in.kind == AUTH_EXCHANGE) {
        const struct sign_in *platform = sign_in_of(entry->platform);
        sign_in.needs |= platform->needs;
        sign_in.may |= platform->may;
    }
    return sign_in;
}

static void check_parts(struct config_reading *reading, const struct auth_entry *entry,
                        const struct sign_in *sign_in)
{
    for (size_t i = 0; i < COUNT(parts); i++) {
        bool written = yaml_member(entry->place.node, parts[i].key) != NULL;
        if (!written && parts[i].how && (sign_in->needs & parts[i].part))
            yaml_error(reading->yaml, &entry->place, NULL, "kind %s needs %s", sign_in->name, parts[i].how);
        if (written && !((sign_in->needs | sign_in->may) & parts[i].part))
            yaml_warning(reading->yaml, &entry->place, parts[i].key, "kind %s makes no use of it",
                         sign_in->name);
    }
}

static void check_secret_file(struct config_reading *reading, const struct auth_entry *entry, const char *key,
                              struct secret *secret)
{
    struct stat status;
    if (secret->kind != SECRET_FILE)
        return;
    secret->name = config_file_path(reading, secret->name);
    if (stat(secret->name, &status) != 0)
        yaml_warning(reading->yaml, &entry->place, key, "there is no file %s on this machine", secret->name);
    else if (status.st_mode & (S_IRWXG | S_IRWXO))
        yaml_warning(reading->yaml, &entry->place, key,
                     "others can read %s, so it will be refused; chmod 600 it", secret->name);
}

static void check_secret_files(struct config_reading *reading, const struct auth_entry *entry,
                               struct auth_settings *auth)
{
    check_secret_file(reading, entry, "id", &auth->id);
    check_secret_file(reading, entry, "secret", &auth->secret);
    check_secret_file(reading, entry, "user", &auth->user);
    check_secret_file(reading, entry, "password", &auth->password);
    check_secret_file(reading, entry, "refresh_token", &auth->refresh_token);
    check_secret_file(reading, entry, "session_token", &auth->session_token);
}

static void check_token_address(struct config_reading *reading, const struct auth_entry *entry,
                                const char *key, const char *url)
{
    if (!url)
        return;
    if (!text_starts_with(url, "https://") && !text_starts_with(url, "http://"))
        yaml_error(reading->yaml, &entry->place, key, "the address begins with https:// or http://");
    else
        config_check_address(reading, &entry->place, key, url, true);
}

/* Region and service stand between colons in what libcurl is told. */
static void check_aws_name(struct config_reading *reading, const struct auth_entry *entry, const char *key,
                           const char *name)
{
    if (name && (!*name || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")]))
        yaml_error(reading->yaml, &entry->place, key,
                   "a name of AWS has small letters, digits and hyphens only");
}

/* A field that sounds like a secret belongs in a file. */
static void check_form(struct config_reading *reading, const struct auth_entry *entry, const char *key,
                       const struct yaml_text_map *form)
{
    static const char *const secrets[] = {"client_secret", "password",  "refresh_token",
                                          "access_token",  "assertion", "client_assertion"};
    struct yaml_place place = yaml_place_of(reading->yaml, &entry->place, key);
    for (size_t i = 0; i < form->count; i++)
        for (size_t j = 0; j < COUNT(secrets); j++)
            if (text_equal(form->names[i], secrets[j]))
                yaml_error(reading->yaml, &place, secrets[j],
                           "a secret is never written in the board; use secret, password or refresh_token of "
                           "auth");
}

static void check(struct config_reading *reading, const struct auth_entry *entry)
{
    struct sign_in sign_in = needs_of(entry);
    check_parts(reading, entry, &sign_in);
    if (entry->header && !config_header_name_sound(entry->header))
        yaml_error(reading->yaml, &entry->place, "header", "this is not the name of a header");
    check_token_address(reading, entry, "token_url", entry->token_url);
    check_token_address(reading, entry, "exchange_url", entry->exchange_url);
    check_aws_name(reading, entry, "region", entry->region);
    check_aws_name(reading, entry, "service", entry->service);
    check_form(reading, entry, "form", &entry->form);
    check_form(reading, entry, "exchange_form", &entry->exchange_form);
}

/* ---- the settings ---- */

static const struct header_setting *fields_of(struct config_reading *reading,
                                              const struct yaml_text_map *form)
{
    struct header_setting *fields = arena_take(reading->config->arena, form->count, sizeof *fields);
    for (size_t i = 0; i < form->count; i++)
        fields[i] = (struct header_setting){form->names[i], form->values[i]};
    return fields;
}

static void fill(struct config_reading *reading, const struct auth_entry *entry, struct auth_settings *auth)
{
    *auth = (struct auth_settings){
        .kind = sign_in_of(entry->kind)->kind,
        .id = entry->id,
        .secret = entry->secret,
        .header = entry->header,
        .parameter = entry->parameter,
        .token_url = entry->token_url,
        .user = entry->user,
        .password = entry->password,
        .refresh_token = entry->refresh_token,
        .client_in_form = text_equal(entry->client_auth, "form"),
        .client_url_encoded = text_equal(entry->client_encoding, "url"),
        .scope = entry->scope,
        .audience = entry->audience,
        .form_count = entry->form.count,
        .form = fields_of(reading, &entry->form),
        .token_field = entry->token_field,
        .region = entry->region,
        .service = entry->service,
        .session_token = entry->session_token,
    };
}

static void fill_exchange(struct config_reading *reading, const struct auth_entry *entry,
                          struct auth_settings *auth)
{
    auth->platform = sign_in_of(entry->platform)->kind;
    auth->exchange_url = entry->exchange_url;
    auth->exchange_field = text_equal(entry->exchange_by, "bearer") ? NULL : entry->exchange_field;
    auth->exchange_form_count = entry->exchange_form.count;
    auth->exchange_form = fields_of(reading, &entry->exchange_form);
    auth->exchanges_per_minute = entry->exchanges_per_minute;
}

void config_auth_build(struct config_reading *reading, const struct source_entry *source_entry,
                       struct source_settings *source)
{
    const struct auth_entry *entry = &source_entry->auth;
    if (!entry->place.node)
        return; /* no auth at all */
    check(reading, entry);
    fill(reading, entry, &source->auth);
    if (source->auth.kind == AUTH_EXCHANGE)
        fill_exchange(reading, entry, &source->auth);
    source->auth.ca_file = entry->ca_file ? config_file_path(reading, entry->ca_file) : source->ca_file;
    check_secret_files(reading, entry, &source->auth);
}
