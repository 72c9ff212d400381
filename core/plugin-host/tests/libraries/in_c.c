/* A library in C against zalm_plugin.h. With -DNO_INTERFACE it is a plugin, but no strategy;
 * otherwise it claims in month 0, logs in month 1 and says in month 2 that it is broken. */
#include "zalm_plugin.h"
#include <string.h>

#define TEXT(s) ((ZalmStr){(const uint8_t *)(s), sizeof(s) - 1})

__attribute__((used, section(ZALM_SECTION))) static const char manifest[] = ZALM_MANIFEST_MAGIC
    "{\"id\":\"in-c\",\"version\":\"1.2.3\",\"abi\":[" ZALM_DIGITS(
        ZALM_ABI_MAJOR) "," ZALM_DIGITS(ZALM_ABI_MINOR) "],\"min_host_minor\":0,"
    "\"entry\":\"zalm_plugin_entry_v1\",\"sdk\":\"c\"}\n";

#ifdef NO_INTERFACE
static const void *get_interface(ZalmStr id) {
  (void)id;
  return NULL;
}
#else
static int alive;

static ZalmStr describe(void) {
  return TEXT("{\"id\":\"in-c\",\"version\":\"1.2.3\",\"name\":{\"en\":\"In C\",\"nl\":\"In C\"},"
              "\"parameters\":[],\"columns\":[{\"name\":\"project.cost\",\"type\":\"i64\"}]}");
}

static ZalmStatus create(const ZalmHost *host, ZalmStr params, uint64_t seed, void **out) {
  (void)host, (void)params, (void)seed;
  *out = &alive;
  return ZALM_OK;
}

static void destroy(void *instance) { (void)instance; }

static ZalmStatus step(void *instance, const ZalmHost *host, const ZalmStep *step) {
  (void)instance;
  if (step->tick == 1) {
    host->log(host->ctx, ZALM_LOG_INFO, TEXT("one month done"));
    return ZALM_WARNING;
  }
  if (step->tick == 2) {
    host->set_error(host->ctx, 0, TEXT("out of memory"));
    return ZALM_FATAL;
  }
  struct {
    ZalmCommand header;
    ZalmClaim claim;
  } ask = {{sizeof ask, ZALM_COMMAND_CLAIM, 0, step->row_ids[0]},
           {((const int64_t *)step->columns[0].data)[0], 12, ZALM_INSTRUMENT_FEE}};
  return host->submit(host->ctx, (const uint8_t *)&ask, sizeof ask);
}

static const ZalmPolicyApi api = {sizeof api, 0, describe, create, destroy, step};

static const void *get_interface(ZalmStr id) {
  static const char wanted[] = ZALM_POLICY_INTERFACE;
  int same = id.len == sizeof wanted - 1 && memcmp(id.ptr, wanted, sizeof wanted - 1) == 0;
  return same ? &api : NULL;
}
#endif

const ZalmPluginEntry zalm_plugin_entry_v1 = {
    ZALM_ENTRY_MAGIC, sizeof(ZalmPluginEntry), ZALM_ABI_MAJOR,   ZALM_ABI_MINOR, 0, 0, 0,
    ZALM_LAYOUT_HASH, get_interface,
};
