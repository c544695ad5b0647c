package api

import (
	"strings"

	"frontdesk/api/clean"
)

// ProviderName returns the usual name of a connection: "Google" for oauth_google; unknown
// ones unchanged.
func ProviderName(p clean.Text) string {
	raw := strings.TrimPrefix(p.Raw(), "oauth_")
	known := map[string]string{
		"google": "Google", "github": "GitHub", "gitlab": "GitLab", "microsoft": "Microsoft", "apple": "Apple",
		"facebook": "Facebook", "linkedin": "LinkedIn", "linkedin_oidc": "LinkedIn", "x": "X", "twitter": "Twitter",
		"discord": "Discord", "slack": "Slack", "spotify": "Spotify", "tiktok": "TikTok", "twitch": "Twitch",
		"bitbucket": "Bitbucket", "dropbox": "Dropbox", "notion": "Notion", "huggingface": "Hugging Face",
		"saml_okta": "Okta", "okta": "Okta", "saml_google": "Google Workspace", "saml_microsoft": "Microsoft Entra ID",
		"saml_custom": "custom SAML",
	}
	if name, ok := known[raw]; ok {
		return name
	}
	return clean.NewText(raw).Display()
}
