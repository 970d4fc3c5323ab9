import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth-options.ts";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

async function handle(request: Request, context: Context): Promise<Response> {
  return NextAuth(request as never, context as never, authOptions());
}

export { handle as GET, handle as POST };
