namespace MedTune.Reports.Charts;

/// <summary>The letters A, C, G and T as outlines in a square of side 1, to be stretched.</summary>
internal static class LetterGlyphs
{
    private static readonly string[] Outlines =
    [
        "M0 1L.37 0H.63L1 1H.76L.69 .76H.31L.24 1ZM.37 .57H.63L.5 .17Z",
        "M1 .31A.5 .5 0 1 0 1 .69L.77 .61A.27 .31 0 1 1 .77 .39Z",
        "M1 .31A.5 .5 0 1 0 1 .69V.46H.52V.63H.77A.27 .31 0 1 1 .77 .39Z",
        "M0 0H1V.2H.61V1H.39V.2H0Z",
    ];

    /// <summary>The outline of a letter, from 0 for A to 3 for T.</summary>
    public static string Of(int letter) => Outlines[letter];
}
