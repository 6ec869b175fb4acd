namespace MedTune.Data;

/// <summary>How a number is written.</summary>
internal enum NumberForm
{
    /// <summary>Digits, perhaps with a sign, decimals and an exponent.</summary>
    Plain,

    /// <summary>With thousands separators.</summary>
    Grouped,

    /// <summary>With the decimal mark that the table does not use.</summary>
    OtherMark,

    /// <summary>Followed by a unit.</summary>
    WithUnit,

    /// <summary>Behind a sign such as &lt;, for a value beyond a measuring limit.</summary>
    BeyondLimit,
}
