import { sessionOf } from '../../executor';
import type { Engine } from '../../engine';
import type { Endpoint } from '../http/call';
import { json, text } from '../http/reply';
import { asAdmin } from './metadata';

/** `/v1/version`. Open, as in Hasura. */
export const versionEndpoint =
  (version: string): Endpoint =>
  async () =>
    json({ version, server_type: 'ce' });

const PATIENCE_MS = 5_000;
const ALIVE = {
  session: sessionOf('anonymous', {}).variables,
  statements: [{ text: 'select 1', name: 'nself_alive', values: [] }],
  readOnly: true,
  timeoutMs: PATIENCE_MS,
};

/**
 * `/healthz`: OK, or a warning when parts of the metadata do not fit the database; with `strict` that is an error, as
 * it always is when the database does not answer.
 */
export function healthEndpoint(engine: Engine): Endpoint {
  return async call => {
    if ('error' in (await engine.runner.run(ALIVE))) return text('ERROR', 500);
    if (engine.served.model.inconsistencies.length === 0) return text('OK');
    const strict = /(^|&)strict(=true)?(&|$)/.test(call.search);
    return strict
      ? text('ERROR: inconsistent objects in schema', 500)
      : text('WARN: inconsistent objects in schema');
  };
}

/** `/v1alpha1/config`: how the server is set up, for consoles. Admin only. */
export function configEndpoint(config: () => object): Endpoint {
  return async call => {
    await asAdmin(call);
    return json(config());
  };
}
