// ESM-only packages are transformed to CommonJS for jest; a name missing here fails with
// "Must use import to load ES Module": add it.
const esm = [
  '@nestjs',
  '@apollo',
  '@as-integrations',
  'graphql-ws',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'jose',
  'openid-client',
  'oauth4webapi',
  'es-toolkit',
  'load-esm',
  'uuid',
  '@graphql-tools',
  '@whatwg-node',
  'oidc-provider',
  'koa',
  '@koa',
  'quick-lru',
  'nanoid',
  'eta',
  'postal-mime',
].join('|');

module.exports = {
  testEnvironment: 'node',
  testRegex: '.*\\.spec\\.ts$',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/migrations', '<rootDir>/test', '<rootDir>/tools'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.nself'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 120_000,
  maxWorkers: 2,
  moduleNameMapper: {
    '^@nself/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^file-type$': '<rootDir>/node_modules/file-type/index.js',
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`],
  transform: {
    '^.+\\.[cm]?[tj]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};
