namespace MedTune.Graphs.Operators;

/// <summary>The four elements of a plane that a place lies between, with their weights.</summary>
/// <param name="Low">Place of the upper left element.</param>
/// <param name="Right">How far the right neighbor lies behind: 1, or 0 at the border.</param>
/// <param name="Down">How far the lower neighbor lies behind: a row, or 0 at the border.</param>
/// <param name="X">How far the place lies to the right of the left element, from 0 to 1.</param>
/// <param name="Y">How far it lies below the upper one.</param>
/// <param name="Scale">1, or 0 for a place outside the plane.</param>
internal readonly record struct RegionTaps(int Low, int Right, int Down, double X, double Y, double Scale)
{
    /// <summary>Number of elements.</summary>
    public const int Count = 4;

    /// <summary>An element's place.</summary>
    public int Place(int tap) => Low + ((tap & 1) * Right) + ((tap >> 1) * Down);

    /// <summary>Its weight.</summary>
    public double Weight(int tap) => Scale * ((tap & 1) == 0 ? 1 - X : X) * (tap < 2 ? 1 - Y : Y);
}
