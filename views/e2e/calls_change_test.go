package e2e

import (
	"bytes"
	"image"
	"image/png"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
)

func callPicture(c *caller) {
	var file bytes.Buffer
	require.NoError(c.TB, png.Encode(&file, image.NewRGBA(image.Rect(0, 0, 64, 64))))
	for _, name := range []string{"Documents/plan.png", "Downloads/jose.png", "Pictures/anna.png", "Pictures/rhys-llewellyn.png", "Pictures/zoe.png"} {
		c.WriteFile(name, file.Bytes())
	}
	u := c.find("llewellyn", "Rhys Llewellyn")
	require.False(c.TB, u.HasImage)
	c.press("i", "p", "enter")
	c.text("rh")
	c.press("enter")
	c.read("Set profile image", "file rhys-llewellyn.png")
	c.usual("u")
	c.press("y")
	c.Has("Set the profile image of Rhys Llewellyn")
	require.True(c.TB, c.ReloadUser(u).HasImage)
	c.press("x")
	c.text("rem im")
	c.Has("▌ Remove profile image")
	c.press("enter")
	c.read("Remove profile image")
	c.press("ctrl+r", "enter", "y")
	c.Has("Removed the profile image of Rhys Llewellyn")
	require.False(c.TB, c.ReloadUser(u).HasImage)
	require.Equal(c.TB, asked, c.reasons()["delete_user_profile_image"])
}

func callNewPrimary(c *caller) {
	u := c.find("elin", "Elin Berg")
	c.press("x")
	c.text("new")
	c.Has("▌ New primary e-mail address")
	c.press("enter")
	c.read("New primary e-mail address", "marks it as verified on your word")
	c.tick()
	c.text("elin@fjord.example")
	c.Has("primary e-mail address: elin.berg@fjord.example →")
	c.press("enter")
	c.usual("c")
	c.text(lastFour(u))
	c.press("enter", "y")
	c.Has("Added an e-mail address to Elin Berg")
	u = c.ReloadUser(u)
	require.Equal(c.TB, "elin@fjord.example", u.Email().Raw())
	require.Equal(c.TB, "verified", u.EmailAddresses[emailIndex(u, u.Email())].Verification.Status.Raw())
	require.Equal(c.TB, calledBack, c.reasons()["create_email_address"])
}

func emailIndex(u *api.User, address clean.Text) int {
	for i, e := range u.EmailAddresses {
		if e.EmailAddress == address {
			return i
		}
	}
	return -1
}

func callMetadata(c *caller) {
	c.press("/")
	c.text("0142")
	c.press("enter", "6", "e")
	c.Has("▌ plan")
	c.press("enter")
	c.read("Edit a metadata value", "patron")
	c.press("ctrl+u")
	c.text("vip")
	c.Has(`plan "patron" → "vip"`)
	c.press("enter")
	c.usual("u")
	c.press("y")
	c.Has("Changed the metadata of Maya Okafor")
	require.JSONEq(c.TB, `{"plan":"vip","seats":[{"hall":"Main Hall","row":"C","seat":11},{"hall":"Main Hall","row":"C","seat":12}],"preferences":{"genres":["jazz","opera"],"contact":"sms"}}`,
		string(c.FindUser("Maya Okafor").PublicMetadata))
	require.Equal(c.TB, asked, c.reasons()["update_user_metadata"])
}

func callNewUser(c *caller) {
	const address, password = "ida@kite.example", "harbour-lights-9"
	c.press("c")
	c.read("Create user")
	for _, value := range []string{"Ida", "Quay", address, "", "", password, "", ""} {
		c.text(value)
		c.press("enter")
	}
	c.usual("u")
	c.press("y")
	c.Has("Users › Ida Quay", address)
	u := c.FindUser(address)
	require.Equal(c.TB, "Ida", u.FirstName.Raw())
	require.True(c.TB, u.PasswordEnabled)
	require.Equal(c.TB, asked, c.reasons()["create_user"])
}
