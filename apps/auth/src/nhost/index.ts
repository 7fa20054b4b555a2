export { FaceFilter } from './face.filter';
export { nhostErrorOf, type NhostErrorBody } from './nhost-errors';
export { NhostFace } from './nhost-face.decorator';
export { NhostFilter } from './nhost.filter';
export { AnswersOk, OK } from './ok';
export {
  Email,
  IsAddress,
  IsMoment,
  NullIsAbsent,
  Options,
  RedirectOptions,
  SignUpOptions,
  WithRedirectOptions,
  WithSignUpOptions,
} from './options.dto';
