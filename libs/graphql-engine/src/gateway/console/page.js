// The console: GraphiQL with a switch for role and user, and a view of the SQL and the permissions that were applied.
'use strict';

const { React, ReactDOM, GraphiQL } = globalThis;

const FIELDS = ['secret', 'role', 'user', 'family', 'headers', 'api'];
const field = name => document.getElementById(name);

// The secret is forgotten with the tab; everything else is remembered.
const storeOf = name => (name === 'secret' ? sessionStorage : localStorage);
for (const name of FIELDS) {
  const input = field(name);
  const kept = storeOf(name).getItem(`nself.console.${name}`);
  if (kept !== null) input.value = kept;
  input.addEventListener('change', () => {
    storeOf(name).setItem(`nself.console.${name}`, input.value);
    if (name === 'secret') void loadRoles();
    draw();
  });
}

function moreHeaders() {
  const input = field('headers');
  try {
    const headers = input.value.trim() === '' ? {} : JSON.parse(input.value);
    input.setCustomValidity('');
    return headers;
  } catch {
    input.setCustomValidity('not JSON');
    return {};
  }
}

function sessionHeaders() {
  const headers = { ...moreHeaders() };
  const put = (name, value) => {
    if (value !== '') headers[name] = value;
  };
  put('x-hasura-admin-secret', field('secret').value);
  put('x-hasura-role', field('role').value);
  put('x-hasura-user-id', field('user').value);
  put('x-hasura-family-id', field('family').value);
  return headers;
}

async function post(path, body, headers) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return response.json();
}

/** GraphiQL's way to ask: one answer, or an iterator of them for a subscription. */
function fetcher(request, { headers: typed } = {}) {
  last = request;
  const headers = { ...sessionHeaders(), ...typed };
  const operation = operationOf(request);
  return operation === 'subscription'
    ? subscribe(request, headers)
    : post(field('api').value, request, headers);
}

function operationOf({ query, operationName }) {
  const { definitions } = GraphiQL.GraphQL?.parse?.(query) ?? { definitions: [] };
  const found = definitions.find(
    ({ kind, name }) => kind === 'OperationDefinition' && (!operationName || name?.value === operationName),
  );
  return found?.operation ?? (/^\s*subscription\b/m.test(query) ? 'subscription' : 'query');
}

/** A subscription over graphql-transport-ws; ends when GraphiQL stops reading. */
async function* subscribe(request, headers) {
  const answers = [];
  let wake = () => {};
  let over = false;
  const socket = new WebSocket(
    `${location.origin.replace(/^http/, 'ws')}${field('api').value}`,
    'graphql-transport-ws',
  );
  const push = answer => {
    answers.push(answer);
    wake();
  };
  const end = () => {
    over = true;
    wake();
  };
  socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init', payload: { headers } }));
  socket.onclose = ({ code, reason }) => {
    if (code !== 1000 && code !== 1005) push({ errors: [{ message: `${code} ${reason}` }] });
    end();
  };
  socket.onmessage = ({ data }) => {
    const { type, payload } = JSON.parse(data);
    if (type === 'connection_ack')
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: request }));
    if (type === 'ping') socket.send('{"type":"pong"}');
    if (type === 'next') push(payload);
    if (type === 'error') push({ errors: payload });
    if (type === 'complete' || type === 'error') end();
  };
  try {
    while (!over || answers.length > 0) {
      if (answers.length > 0) yield answers.shift();
      else await new Promise(resolve => (wake = resolve));
    }
  } finally {
    socket.close(1000);
  }
}

let last;

/** SQL and plan of the last request, and the permissions of the role on the tables that the SQL names. */
async function explain() {
  const panel = field('explained');
  panel.hidden = false;
  if (!last) return show(panel, [['Nothing was asked yet.', '']]);
  const headers = { 'x-hasura-admin-secret': field('secret').value };
  const role = field('role').value || 'admin';
  const user = Object.fromEntries(
    Object.entries(sessionHeaders()).filter(
      ([name]) => name.startsWith('x-hasura-') && name !== 'x-hasura-admin-secret',
    ),
  );
  const body = {
    query: last,
    user: { ...user, 'x-hasura-role': role },
    is_relay: field('api').value.endsWith('relay'),
  };
  const answer = await post('/v1/graphql/explain', body, headers);
  if (answer.error) return show(panel, [['Cannot be explained', answer.error]]);
  const metadata = await post('/v1/metadata', { type: 'export_metadata', version: 2, args: {} }, headers);
  const parts = []
    .concat(answer)
    .flatMap(({ field: name = 'subscription', sql, plan }) => [
      [`${name}: SQL`, sql ?? 'no statement'],
      [`${name}: plan`, (plan ?? []).join('\n')],
      ...permissionsIn(sql ?? '', role, metadata.metadata),
    ]);
  return show(panel, parts);
}

function permissionsIn(sql, role, metadata) {
  const tables = (metadata?.sources ?? []).flatMap(source => source.tables);
  const named = tables.filter(({ table }) => sql.includes(`"${table.schema}"."${table.name}"`));
  return named.map(table => {
    const permission = table.select_permissions?.find(each => each.role === role)?.permission;
    const told =
      role === 'admin' ? 'The admin sees everything.' : JSON.stringify(permission ?? 'none', undefined, 2);
    return [`${table.table.schema}.${table.table.name}: select permission of ${role}`, told];
  });
}

function show(panel, parts) {
  panel.replaceChildren(
    ...parts.flatMap(([title, text]) => {
      const heading = document.createElement('h3');
      heading.textContent = title;
      const body = document.createElement('pre');
      body.textContent = text;
      return text === '' ? [heading] : [heading, body];
    }),
  );
}

async function loadRoles() {
  if (field('secret').value === '') return;
  const answer = await post(
    '/v1/metadata',
    { type: 'export_metadata', version: 2, args: {} },
    { 'x-hasura-admin-secret': field('secret').value },
  );
  const tables = (answer.metadata?.sources ?? []).flatMap(source => source.tables);
  const named = tables.flatMap(table =>
    ['select', 'insert', 'update', 'delete'].flatMap(verb => table[`${verb}_permissions`] ?? []),
  );
  const inherited = (answer.metadata?.inherited_roles ?? []).map(({ role_name: role }) => ({ role }));
  const roles = [...new Set(['admin', ...[...named, ...inherited].map(({ role }) => role)])].sort();
  field('roles').replaceChildren(
    ...roles.map(role => Object.assign(document.createElement('option'), { value: role })),
  );
}

const root = ReactDOM.createRoot(field('graphiql'));
let drawn = 0;

/** Drawn anew for another role, so that its schema is fetched. */
function draw() {
  drawn += 1;
  root.render(
    React.createElement(GraphiQL, {
      key: drawn,
      fetcher,
      shouldPersistHeaders: true,
      defaultEditorToolsVisibility: true,
    }),
  );
}

field('explain').addEventListener('click', () => void explain());
void loadRoles();
draw();
