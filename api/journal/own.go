package journal

// IsOwn says that a record was written by the user who runs this process, as the kernel
// knows them. Where both also claim to be somebody (sudo, an SSH key), the claims must
// not differ: people who share an account do not undo each other's work by mistake.
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
