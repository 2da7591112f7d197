import { PasswordInput, type PasswordInputProps } from '@mantine/core';

/** Asks for a new password; a password manager may offer one. */
export function NewPasswordInput(props: PasswordInputProps) {
  return (
    <PasswordInput
      label="Password"
      description="At least 8 characters."
      autoComplete="new-password"
      minLength={8}
      required
      {...props}
    />
  );
}
