package site

import "testing"

func TestSecretsAreMadeUnreadable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"card 4111 1111 1111 1111 please", "card •••• •••• •••• 1111 please"},
		{"4111-1111-1111-1111", "••••-••••-••••-1111"},
		{"4111111111111111", "••••••••••••1111"},
		{"bet 4111111111111112", "bet 4111111111111112"}, // fails the Luhn check
		{"payment 20261121000017", "payment 20261121000017"},
		{"call 8 800 555 35 35", "call 8 800 555 35 35"},
		{"password: hunter2", "password: ••••••••"},
		{"Пароль = qwerty", "Пароль = ••••••••"},
		{"мой пароль qwerty123, помогите", "мой пароль •••••••• помогите"},
		{"пароль это qwerty123", "пароль это ••••••••"},
		{"my password is wrong", "my password is wrong"},
		{"мой пароль не подходит", "мой пароль не подходит"},
		{"забыл пароль от аккаунта", "забыл пароль от аккаунта"},
		{"password: ••••••••", "password: ••••••••"},
		{"nothing here", "nothing here"},
	} {
		if got := masked(c.text); got != c.want {
			t.Errorf("masked(%q) = %q, want %q", c.text, got, c.want)
		}
		if found := len(secretsIn(c.text)) > 0; found != (c.text != c.want) {
			t.Errorf("secretsIn(%q) found something: %v", c.text, found)
		}
	}
}
