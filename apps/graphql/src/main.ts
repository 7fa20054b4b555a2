import 'reflect-metadata';
import { startService } from '@nself/kernel';
import { graphqlService } from './service';

void startService(graphqlService);
