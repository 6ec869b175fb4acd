namespace MedTune.Reports.Charts;

/// <summary>What stands before a text of a legend.</summary>
public enum LegendMark
{
    /// <summary>A stretch of line.</summary>
    Line,

    /// <summary>A filled disc.</summary>
    Disc,

    /// <summary>An empty ring.</summary>
    Ring,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>Nothing: a remark.</summary>
    None,
}
