namespace MedTune.Data;

/// <summary>In which order a date is written.</summary>
internal enum DateForm
{
    /// <summary>2024-03-05, 2024年3月5日, 20240305.</summary>
    YearFirst,

    /// <summary>25/03/2024: the first number can only be the day.</summary>
    DayFirst,

    /// <summary>03/25/2024: the second number can only be the day.</summary>
    MonthFirst,

    /// <summary>05/03/2024: either number can be the day.</summary>
    Either,

    /// <summary>5-Mar-2024.</summary>
    Named,
}
