namespace MedTune.Columns;

/// <summary>How a raw column enters the model.</summary>
internal enum ColumnUse
{
    /// <summary>As a number: filled where missing, standardised.</summary>
    Number,

    /// <summary>As one of several texts.</summary>
    Category,

    /// <summary>As one of several numbers that stand for levels.</summary>
    Coded,
}
