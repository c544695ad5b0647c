package journal

// IsOwn reports whether a record was written by the user who runs this process, according
// to the kernel. If both also claim an identity (through sudo or an SSH key), the claims must
// match, so that people who share an account do not undo each other's changes by mistake.
func (j *Journal) IsOwn(w Who) bool {
	mine := j.who()
	for _, pair := range [][2]string{
		{mine.Kernel.LoginUID, w.Kernel.LoginUID},
		{mine.Claimed.SudoUser, w.Claimed.SudoUser},
		{mine.Claimed.KeyFingerprint, w.Claimed.KeyFingerprint},
	} {
		if pair[0] != "" && pair[1] != "" && pair[0] != pair[1] {
			return false
		}
	}
	return mine.Kernel.UID == w.Kernel.UID
}
