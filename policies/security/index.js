// The engine loads this file with require(), which cannot strip types by itself; an import from here can.
import "./pack.ts";
