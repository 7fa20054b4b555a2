export {
  boolean,
  duration,
  integer,
  list,
  Misfit,
  oneOf,
  port,
  secret,
  text,
  url,
  type Shape,
} from './shapes';
export {
  declaredSettings,
  defineSettings,
  faultLine,
  loadSettings,
  LoadedSettings,
  SettingsError,
  type Environment,
  type Setting,
  type SettingFault,
  type Settings,
  type SettingsOf,
} from './settings';
export { SettingsModule } from './settings.module';
