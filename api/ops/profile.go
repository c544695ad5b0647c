package ops

import (
	"context"
	"errors"
	"time"

	"frontdesk/api"
)

// profile lists the operations on a user's names and picture.
func profile() []Operation {
	return []Operation{updateUser(), setProfileImage(), deleteProfileImage()}
}

func setProfileImage() Operation {
	return Operation{
		ID: "set_user_profile_image", Title: "Set profile image", Verb: "Set image", Doing: "Setting the profile image", Done: "Set the profile image", Preposition: "of",
		Keywords: []string{"avatar", "picture", "photo"},
		Group:    GroupProfile, Tier: T2,
		Effects: func(s Subject) []string {
			return []string{choose(s.userOrEmpty().HasImage, "replaces the current picture, which cannot be restored",
				"shows this picture in place of the generated one")}
		},
		WayBack: "Remove profile image",
		WhyNot:  func(*api.User, time.Time) string { return "" },
		Fields: []Field{{Name: "file", Label: "Image file", Hint: "jpg, png, gif or webp, at most 10 MB",
			Kind: FieldFile, Required: true}},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			if r.Image == nil {
				return nil, errors.New("no image was chosen")
			}
			return c.SetProfileImage(ctx, r.UserID, *r.Image)
		},
		Retry: RetryGone,
		Applied: func(before, after *api.User, _ Request) bool {
			return after.HasImage && (before == nil || !before.HasImage || before.ImageURL != after.ImageURL)
		},
		State: pictureState,
	}
}

func deleteProfileImage() Operation {
	return Operation{
		ID: "delete_user_profile_image", Title: "Remove profile image", Verb: "Remove image", Doing: "Removing the profile image", Done: "Removed the profile image", Preposition: "of",
		Keywords: []string{"avatar", "picture", "photo"},
		Group:    GroupProfile, Tier: T2, Destructive: true,
		Effects: func(Subject) []string {
			return []string{"removes the picture; a generated one is shown in its place"}
		},
		WhyNot:  func(u *api.User, _ time.Time) string { return choose(u.HasImage, "", "no picture is set") },
		Call:    byID((*api.Client).DeleteProfileImage),
		Retry:   RetryGone,
		Applied: func(_, after *api.User, _ Request) bool { return !after.HasImage },
		State:   pictureState,
	}
}

func pictureState(u *api.User, _ time.Time) string {
	return choose(u.HasImage, "a picture is set", "no picture is set")
}
