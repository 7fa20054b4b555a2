import { placeOf } from './house';
import { houseRule } from './rule';

const messages = { shouting: 'SQL is written in lower case here: {{word}}.' };

const STATEMENT =
  /^\s*(SELECT|INSERT\s+INTO|UPDATE|DELETE\s+FROM|WITH|CREATE|ALTER|DROP|GRANT|REVOKE|BEGIN|COMMIT|ROLLBACK|LISTEN|SET)\b(?=\s|;|$)/;
const CLAUSE = /\b(FROM|WHERE|INSERT INTO|ORDER BY|GROUP BY|INNER JOIN|LEFT JOIN|RETURNING)\b/;

/** One way to write SQL; a word in capitals is a name that somebody forgot to quote. */
export const lowerCaseSql = houseRule('SQL is lower case.', messages, context => {
  const place = placeOf(context.filename);
  if (!place || place.isTest) return {};
  const check = (node: { type: string }, text: string): void => {
    const word = STATEMENT.exec(text)?.[1];
    const whole = word !== undefined && (CLAUSE.test(text) || /^(BEGIN|COMMIT|ROLLBACK)$/.test(text.trim()));
    if (whole) context.report({ node: node as never, messageId: 'shouting', data: { word } });
  };
  return {
    Literal(node) {
      if (typeof node.value === 'string') check(node, node.value);
    },
    TemplateElement: node => check(node, node.value.raw),
  };
});
