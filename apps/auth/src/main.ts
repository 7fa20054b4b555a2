import { startService } from '@nself/kernel';
import { authService } from './auth.service';

void startService(authService);
