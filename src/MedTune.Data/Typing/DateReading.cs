namespace MedTune.Data;

/// <summary>A date as it is written: the year, two numbers, and which of them is the month.</summary>
/// <param name="Year">The year, four digits.</param>
/// <param name="First">The month where the order says so, else the first of both numbers.</param>
/// <param name="Second">The day where the order says so, else the second of both numbers.</param>
/// <param name="Form">The order.</param>
internal readonly record struct DateReading(int Year, int First, int Second, DateForm Form)
{
    /// <summary>The calendar day.</summary>
    /// <param name="isDayFirst">How the undecided order is taken.</param>
    public DateOnly Day(bool isDayFirst)
    {
        bool swaps = Form == DateForm.DayFirst || (Form == DateForm.Either && isDayFirst);
        return swaps ? new DateOnly(Year, Second, First) : new DateOnly(Year, First, Second);
    }
}
