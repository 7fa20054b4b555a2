import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Where guards find whether a route is open. */
export const PUBLIC = Symbol.for('nself.public');

/** Opens a route, or all routes of a controller, to everybody. Everything else asks for a token. */
export const Public = (): CustomDecorator<symbol> => SetMetadata(PUBLIC, true);
