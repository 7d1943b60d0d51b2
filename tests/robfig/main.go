// Says of each schedule, a line of standard input as JSON, what CloudNativePG's parser makes of it:
// "refused", "never" (it finds no time, so CloudNativePG makes no backup) or "comes".
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/robfig/cron"
)

// years is how long it takes until each date has been each day of the week.
const years = 28

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var schedule string
		if err := json.Unmarshal(lines.Bytes(), &schedule); err != nil {
			panic(err)
		}
		fmt.Println(verdict(schedule))
	}
}

func verdict(schedule string) string {
	// Seconds first, as the function writes it.
	parsed, err := cron.Parse("0 " + schedule)
	if err != nil {
		return "refused"
	}
	for year := 2026; year < 2026+years; year++ {
		if parsed.Next(time.Date(year, time.December, 31, 23, 59, 0, 0, time.UTC)).IsZero() {
			return "never"
		}
	}
	return "comes"
}
