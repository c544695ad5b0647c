package sandbox

// operations returns the routes of all operations. To add an operation, add a line here.
func operations() []route {
	var all []route
	for _, family := range [][]route{userRoutes(), factorRoutes(), identificationRoutes(), sessionRoutes(), relatedRoutes(), neighbourRoutes()} {
		all = append(all, family...)
	}
	return all
}

// userRoutes lists the operations on users, their state, metadata and images.
func userRoutes() []route {
	return []route{
		{method: "GET", pattern: "/users", handle: listUsers},
		{method: "GET", pattern: "/users/count", handle: countUsers},
		{method: "POST", pattern: "/users", handle: createUser},
		{method: "GET", pattern: "/users/{user_id}", handle: getUser},
		{method: "PATCH", pattern: "/users/{user_id}", handle: updateUser, perUser: true},
		{method: "DELETE", pattern: "/users/{user_id}", handle: deleteUser},
		{method: "PATCH", pattern: "/users/{user_id}/metadata", handle: mergeMetadata, perUser: true},
		{method: "PUT", pattern: "/users/{user_id}/metadata", handle: replaceMetadata, perUser: true},
		{method: "POST", pattern: "/users/{user_id}/ban", handle: banUser},
		{method: "POST", pattern: "/users/{user_id}/unban", handle: unbanUser},
		{method: "POST", pattern: "/users/ban", handle: banUsers},
		{method: "POST", pattern: "/users/unban", handle: unbanUsers},
		{method: "POST", pattern: "/users/{user_id}/lock", handle: lockUser},
		{method: "POST", pattern: "/users/{user_id}/unlock", handle: unlockUser},
		{method: "POST", pattern: "/users/{user_id}/profile_image", handle: setProfileImage, multipart: true},
		{method: "DELETE", pattern: "/users/{user_id}/profile_image", handle: deleteProfileImage},
	}
}

// factorRoutes lists the operations on second factors and passwords.
func factorRoutes() []route {
	return []route{
		{method: "DELETE", pattern: "/users/{user_id}/mfa", handle: disableMFA},
		{method: "POST", pattern: "/users/{user_id}/totp", handle: createTOTP},
		{method: "DELETE", pattern: "/users/{user_id}/totp", handle: deleteTOTP},
		{method: "DELETE", pattern: "/users/{user_id}/backup_code", handle: deleteBackupCodes},
		{method: "POST", pattern: "/users/{user_id}/verify_totp", handle: verifyTOTP},
		{method: "POST", pattern: "/users/{user_id}/verify_password", handle: verifyPassword},
		{method: "POST", pattern: "/users/{user_id}/remove_password", handle: removePassword},
		{method: "POST", pattern: "/users/{user_id}/password/set_compromised", handle: setCompromised, since: versionCompromised},
		{method: "POST", pattern: "/users/{user_id}/password/unset_compromised", handle: unsetCompromised, since: versionCompromised},
	}
}

// identificationRoutes lists the operations on identifications.
func identificationRoutes() []route {
	return []route{
		{method: "DELETE", pattern: "/users/{user_id}/passkeys/{passkey_identification_id}", handle: deletePasskey},
		{method: "DELETE", pattern: "/users/{user_id}/web3_wallets/{web3_wallet_identification_id}", handle: deleteWallet},
		{method: "DELETE", pattern: "/users/{user_id}/external_accounts/{external_account_id}", handle: deleteExternalAccount},
		{method: "POST", pattern: "/email_addresses", handle: createEmail},
		{method: "GET", pattern: "/email_addresses/{email_address_id}", handle: getEmail},
		{method: "PATCH", pattern: "/email_addresses/{email_address_id}", handle: updateEmail},
		{method: "DELETE", pattern: "/email_addresses/{email_address_id}", handle: deleteEmail},
		{method: "POST", pattern: "/email_addresses/{email_address_id}/prepare_verification", handle: prepareEmail},
		{method: "POST", pattern: "/email_addresses/{email_address_id}/attempt_verification", handle: attemptEmail},
		{method: "PUT", pattern: "/users/{user_id}/email_address", handle: replaceEmails},
		{method: "POST", pattern: "/phone_numbers", handle: createPhone},
		{method: "GET", pattern: "/phone_numbers/{phone_number_id}", handle: getPhone},
		{method: "PATCH", pattern: "/phone_numbers/{phone_number_id}", handle: updatePhone},
		{method: "DELETE", pattern: "/phone_numbers/{phone_number_id}", handle: deletePhone},
		{method: "POST", pattern: "/phone_numbers/{phone_number_id}/prepare_verification", handle: preparePhone},
		{method: "POST", pattern: "/phone_numbers/{phone_number_id}/attempt_verification", handle: attemptPhone},
		{method: "PUT", pattern: "/users/{user_id}/phone_number", handle: replacePhones},
	}
}

// sessionRoutes lists the operations on sessions.
func sessionRoutes() []route {
	return []route{
		{method: "GET", pattern: "/sessions", handle: listSessions},
		{method: "POST", pattern: "/sessions", handle: createSession},
		{method: "GET", pattern: "/sessions/{session_id}", handle: getSession},
		{method: "POST", pattern: "/sessions/{session_id}/revoke", handle: revokeSession},
		{method: "POST", pattern: "/sessions/{session_id}/tokens", handle: createSessionToken},
		{method: "POST", pattern: "/sessions/{session_id}/tokens/{template_name}", handle: createSessionToken},
		{method: "POST", pattern: "/sessions/{session_id}/verify", handle: verifySession, until: versionPending},
		{method: "POST", pattern: "/sign_in_tokens", handle: createSignInToken},
		{method: "POST", pattern: "/sign_in_tokens/{sign_in_token_id}/revoke", handle: revokeSignInToken},
		{method: "POST", pattern: "/actor_tokens", handle: createActorToken},
		{method: "POST", pattern: "/actor_tokens/{actor_token_id}/revoke", handle: revokeActorToken},
	}
}

// relatedRoutes lists the operations on a user's memberships, devices and billing.
func relatedRoutes() []route {
	return []route{
		{method: "GET", pattern: "/users/{user_id}/oauth_access_tokens/{provider}", handle: getOAuthTokens},
		{method: "GET", pattern: "/users/{user_id}/organization_memberships", handle: listMemberships},
		{method: "GET", pattern: "/users/{user_id}/organization_invitations", handle: listInvitations},
		{method: "GET", pattern: "/users/{user_id}/trusted_devices", handle: listTrustedDevices},
		{method: "DELETE", pattern: "/users/{user_id}/trusted_devices/{trusted_device_id}", handle: revokeTrustedDevice},
		{method: "GET", pattern: "/users/{user_id}/billing/subscription", handle: getBilling, since: versionPending},
		{method: "GET", pattern: "/users/{user_id}/billing/credits", handle: getBilling, since: versionPending},
		{method: "POST", pattern: "/users/{user_id}/billing/credits", handle: getBilling, since: versionPending},
		{method: "GET", pattern: "/organizations", handle: listOrganizations},
		{method: "GET", pattern: "/organizations/{organization_id}", handle: getOrganization},
		{method: "GET", pattern: "/organizations/{organization_id}/memberships", handle: listMembers},
		{method: "GET", pattern: "/instance", handle: getInstance},
	}
}

// neighbourRoutes lists what Clerk's own clients and command line call besides the Users
// API.
func neighbourRoutes() []route {
	return []route{
		{method: "GET", pattern: "/jwks", handle: getKeys},
		{method: "POST", pattern: "/testing_tokens", handle: createTestingToken},
		{method: "GET", pattern: "/clients", handle: listClients},
		{method: "GET", pattern: "/clients/{client_id}", handle: getClient},
		{method: "POST", pattern: "/clients/verify", handle: listClients},
		{method: "GET", pattern: "/invitations", handle: listAppInvitations},
		{method: "POST", pattern: "/invitations", handle: createInvitation},
		{method: "POST", pattern: "/invitations/bulk", handle: createInvitations},
		{method: "POST", pattern: "/invitations/{invitation_id}/revoke", handle: revokeInvitation},
		{method: "DELETE", pattern: "/invitations/{invitation_id}", handle: deleteInvitation},
	}
}
