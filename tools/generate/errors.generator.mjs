import { loadTypeScript } from '../load-typescript.mjs';

const className = code =>
  code
    .toLowerCase()
    .split('_')
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join('');

const errorClass = ([code, { status, title, meaning }]) => `
/** ${status}: ${title} ${meaning} */
export class ${className(code)} extends ProblemError {
  constructor(detail?: string, options?: ProblemOptions) {
    super('${code}', detail, options);
  }
}
`;

const classes = table => `// Generated from table.ts by \`npm run generate\`.
import { ProblemError, type ProblemOptions } from './problem-error';
${Object.entries(table).map(errorClass).join('')}`;

const reference = table => `# Errors

Our own routes answer an error with \`application/problem+json\` (RFC 9457). \`code\` is stable and the word to branch on;
\`title\` may be shown to people; \`traceId\` finds the request in the logs. Generated from the table in the kernel.

| code | status | title | when |
| --- | --- | --- | --- |
${Object.entries(table)
  .map(([code, { status, title, meaning }]) => `| \`${code}\` | ${status} | ${title} | ${meaning} |`)
  .join('\n')}
`;

/** The error classes of the kernel and the page that lists all codes. */
export default async function errors() {
  const { errorTable } = loadTypeScript('libs/kernel/src/errors/table.ts');
  return [
    { path: 'libs/kernel/src/errors/errors.gen.ts', text: classes(errorTable) },
    { path: 'docs/errors.md', text: reference(errorTable) },
  ];
}
