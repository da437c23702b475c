// Exercises: what a technique has, and lines to fill in.
import "./technique.js";
import "../sheet-lines.js";
