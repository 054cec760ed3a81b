package spell

import "testing"

func TestWellformed(t *testing.T) {
	for word, want := range map[string]bool{
		"hoàng": true, "hàng": true, "đất": true, "nghiệp": true, "xuất": true, "lạc": true, "quý": true, "than": true, "khẩu": true, "buon": true, "nghiep": true, "xuat": true, "giá": true,
		"nghạch": false, "xuât": true, "kahu": false, "koa": false, "plan": false, "export": false, "hoạhc": false, "bcd": false, "": false, "xuaats": false,
	} {
		if got := Wellformed(word); got != want {
			t.Errorf("Wellformed(%q) = %v, want %v", word, got, want)
		}
	}
}
