package sandbox

// operations is every operation that is served, with where Clerk's reference
// speaks of it. A line here is all it takes to add one.
func operations() []route {
	var all []route
	for _, family := range [][]route{userRoutes(), factorRoutes(), identificationRoutes(), sessionRoutes()} {
		all = append(all, family...)
	}
	return all
}

// userRoutes: reference 6.1 to 6.4, 6.6, 6.7.
func userRoutes() []route {
	return []route{
		{method: "GET", pattern: "/users", handle: listUsers},
		{method: "GET", pattern: "/users/count", handle: countUsers},
		{method: "GET", pattern: "/users/{user_id}", handle: getUser},
		{method: "DELETE", pattern: "/users/{user_id}", handle: deleteUser},
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

// factorRoutes: reference 6.5, and the passwords of section 8.
func factorRoutes() []route {
	return []route{
		{method: "DELETE", pattern: "/users/{user_id}/mfa", handle: disableMFA},
		{method: "DELETE", pattern: "/users/{user_id}/totp", handle: deleteTOTP},
		{method: "DELETE", pattern: "/users/{user_id}/backup_code", handle: deleteBackupCodes},
	}
}

// identificationRoutes: reference 6.8, and what stands next to it in section 8.
func identificationRoutes() []route { return nil }

// sessionRoutes: reference section 8.
func sessionRoutes() []route {
	return []route{
		{method: "GET", pattern: "/sessions", handle: listSessions},
		{method: "POST", pattern: "/sessions", handle: createSession},
		{method: "GET", pattern: "/sessions/{session_id}", handle: getSession},
		{method: "POST", pattern: "/sessions/{session_id}/revoke", handle: revokeSession},
	}
}
